{{/* What both stages' pods have in common. Called with (list $ stage). */}}
{{- define "tokenmeter.podSettings" -}}
automountServiceAccountToken: false
# Variables such as TOKENMETER_PORT, which Kubernetes would add, aren't settings.
enableServiceLinks: false
# Time to commit, to leave the group and to close the stores.
terminationGracePeriodSeconds: 60
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "tokenmeter.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{/* Where the settings come from: the ConfigMap as a file, the Secret over it as variables. */}}
{{- define "tokenmeter.settings" -}}
{{- with .Values.secretName }}
envFrom:
  - secretRef:
      name: {{ . }}
{{- end }}
{{- end -}}

{{- define "tokenmeter.initContainers" -}}
{{- if .Values.createTopics }}
initContainers:
  - name: topics
    image: {{ include "tokenmeter.image" . | quote }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    args: [topics, create, --config, /etc/tokenmeter/tokenmeter.properties]
    {{- include "tokenmeter.settings" . | nindent 4 }}
    {{- include "tokenmeter.containerSecurity" . | nindent 4 }}
    volumeMounts:
      - name: settings
        mountPath: /etc/tokenmeter
        readOnly: true
      - name: tmp
        mountPath: /tmp
{{- end }}
{{- end -}}

{{/* Restoring may take long: it holds back readiness, never liveness. */}}
{{- define "tokenmeter.probes" -}}
startupProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet:
    path: /readyz
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
{{- end -}}

{{- define "tokenmeter.volumes" -}}
- name: settings
  configMap:
    name: {{ include "tokenmeter.fullname" . }}
- name: tmp
  emptyDir: {}
{{- end -}}
