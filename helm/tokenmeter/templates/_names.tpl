{{- define "tokenmeter.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What a selector matches on; must never change for a release. Called with (list $ stage). */}}
{{- define "tokenmeter.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Called with (list $ stage). */}}
{{- define "tokenmeter.labels" -}}
{{- $root := index . 0 -}}
{{ include "tokenmeter.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end -}}

{{/* On the services that name each pod once, for Prometheus. */}}
{{- define "tokenmeter.scraped" -}}
tokenmeter.io/metrics: each-pod
{{- end -}}

{{- define "tokenmeter.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "tokenmeter.scheme" -}}
{{ ternary "HTTPS" "HTTP" (ne .Values.http.tls.existingSecret "") }}
{{- end -}}
