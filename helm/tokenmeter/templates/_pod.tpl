{{/* What all pods have in common; called with (list $ component). */}}
{{- define "tokenmeter.podSettings" -}}
{{- $root := index . 0 -}}
automountServiceAccountToken: false
# Variables such as TOKENMETER_PORT, which Kubernetes would add, aren't settings.
enableServiceLinks: false
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with $root.Values.pods.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.pods.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.pods.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* Instances of a stage on different nodes and in different zones; called with (list $ stage). */}}
{{- define "tokenmeter.spread" -}}
{{- $root := index . 0 -}}
terminationGracePeriodSeconds: {{ $root.Values.pods.stopSeconds }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: {{ $root.Values.pods.spreadOverNodes }}
    labelSelector:
      matchLabels:
        {{- include "tokenmeter.selector" . | nindent 8 }}
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ $root.Values.pods.spreadOverZones }}
    labelSelector:
      matchLabels:
        {{- include "tokenmeter.selector" . | nindent 8 }}
{{- end -}}

{{- define "tokenmeter.annotations" -}}
# Other settings start other pods.
checksum/settings: {{ include "tokenmeter.properties" . | sha256sum }}
{{- with .Values.pods.annotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "tokenmeter.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{/*
Alive while it restores, ready afterwards: restoring may take as long as it takes. Until it is alive
for the first time it waits for brokers and registry, and the start-up probe for it.
*/}}
{{- define "tokenmeter.probes" -}}
startupProbe:
  httpGet:
    path: /healthz
    port: http
    scheme: {{ include "tokenmeter.scheme" . }}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: {{ div (add .Values.pods.startupSeconds 4) 5 }}
livenessProbe:
  httpGet:
    path: /healthz
    port: http
    scheme: {{ include "tokenmeter.scheme" . }}
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet:
    path: /readyz
    port: http
    scheme: {{ include "tokenmeter.scheme" . }}
  periodSeconds: 5
  timeoutSeconds: 5
{{- end -}}

{{/* Called with (list $ name-of-the-ConfigMap). */}}
{{- define "tokenmeter.volumes" -}}
{{- $root := index . 0 -}}
- name: settings
  configMap:
    name: {{ index . 1 }}
- name: tmp
  emptyDir: {}
{{- with $root.Values.kafka.tls.existingSecret }}
- name: kafka-tls
  secret:
    secretName: {{ . }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- with $root.Values.schemaRegistry.tls.existingSecret }}
- name: schema-registry-tls
  secret:
    secretName: {{ . }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- with $root.Values.http.tls.existingSecret }}
- name: http-tls
  secret:
    secretName: {{ . }}
{{- end }}
{{- end -}}

{{- define "tokenmeter.mounts" -}}
- name: settings
  mountPath: /etc/tokenmeter
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if .Values.kafka.tls.existingSecret }}
- name: kafka-tls
  mountPath: /etc/tokenmeter-tls/kafka
  readOnly: true
{{- end }}
{{- if .Values.schemaRegistry.tls.existingSecret }}
- name: schema-registry-tls
  mountPath: /etc/tokenmeter-tls/schema-registry
  readOnly: true
{{- end }}
{{- if .Values.http.tls.existingSecret }}
- name: http-tls
  mountPath: /etc/tokenmeter-tls/http
  readOnly: true
{{- end }}
{{- end -}}
