{{/*
A Job that is over before the first instance starts: before, and not after, so that `helm install
--wait` doesn't wait for instances that wait for topics. Called with (list $ component arguments
weight).
*/}}
{{- define "tokenmeter.hook" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $name := include "tokenmeter.fullname" $root -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $name }}-{{ $component }}
  labels:
    {{- include "tokenmeter.labels" (list $root $component) | nindent 4 }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: {{ index . 3 | quote }}
    # What it printed can be read until the next one.
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  backoffLimit: 3
  activeDeadlineSeconds: {{ $root.Values.hooks.deadlineSeconds }}
  template:
    metadata:
      labels:
        {{- include "tokenmeter.labels" (list $root $component) | nindent 8 }}
      {{- with $root.Values.pods.annotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "tokenmeter.podSettings" (list $root $component) | nindent 6 }}
      restartPolicy: Never
      containers:
        - name: {{ $component }}
          image: {{ include "tokenmeter.image" $root | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args:
            {{- toYaml (index . 2) | nindent 12 }}
            - --config
            - /etc/tokenmeter/tokenmeter.properties
          {{- with include "tokenmeter.variables" $root | trim }}
          env:
            {{- . | nindent 12 }}
          {{- end }}
          {{- include "tokenmeter.secrets" $root | nindent 10 }}
          {{- include "tokenmeter.containerSecurity" $root | nindent 10 }}
          resources:
            {{- toYaml $root.Values.hooks.resources | nindent 12 }}
          volumeMounts:
            {{- include "tokenmeter.mounts" $root | nindent 12 }}
            {{- if eq $component "books" }}
            - name: books
              mountPath: /etc/tokenmeter-books
              readOnly: true
            {{- end }}
      volumes:
        {{- include "tokenmeter.volumes" (list $root (printf "%s-hooks" $name)) | nindent 8 }}
        {{- if eq $component "books" }}
        - name: books
          configMap:
            name: {{ $root.Values.books.existingConfigMap | default (printf "%s-books" $name) }}
        {{- end }}
{{- end -}}
