{{/* The properties file: what the values say, and what follows from them. */}}
{{- define "tokenmeter.properties" -}}
{{- $own := dict -}}
{{- with .Values.kafka -}}
{{- $protocol := printf "%s%s" (ternary "SASL_" "" (ne .sasl.mechanism "")) (ternary "SSL" "PLAINTEXT" .tls.enabled) -}}
{{- if ne $protocol "PLAINTEXT" -}}
{{- $_ := set $own "kafka.security.protocol" $protocol -}}
{{- end -}}
{{- if .sasl.mechanism -}}
{{- $_ := set $own "kafka.sasl.mechanism" .sasl.mechanism -}}
{{- if not .sasl.existingSecret -}}
{{- fail "kafka.sasl.mechanism is set and kafka.sasl.existingSecret is not; name the Secret with the login" -}}
{{- end -}}
{{- end -}}
{{- if .tls.existingSecret -}}
{{- if not .tls.enabled -}}
{{- fail "kafka.tls.existingSecret is set and kafka.tls.enabled is false; switch it on or name no Secret" -}}
{{- end -}}
{{- $_ := set $own "kafka.ssl.truststore.type" "PEM" -}}
{{- $_ := set $own "kafka.ssl.truststore.location" "/etc/tokenmeter-tls/kafka/ca.crt" -}}
{{- end -}}
{{- if .tls.clientCertificate -}}
{{- if not .tls.existingSecret -}}
{{- fail "kafka.tls.clientCertificate is true and kafka.tls.existingSecret is not set; name the Secret with the certificate" -}}
{{- end -}}
{{- $_ := set $own "kafka.ssl.keystore.type" "PEM" -}}
{{- end -}}
{{- end -}}
{{- if .Values.schemaRegistry.tls.existingSecret -}}
{{- $_ := set $own "schema.registry.ssl.truststore.type" "PEM" -}}
{{- $_ := set $own "schema.registry.ssl.truststore.location" "/etc/tokenmeter-tls/schema-registry/ca.crt" -}}
{{- end -}}
{{- if .Values.http.tls.existingSecret -}}
{{- $_ := set $own "http.tls.certificate" "/etc/tokenmeter-tls/http/tls.crt" -}}
{{- $_ := set $own "http.tls.key" "/etc/tokenmeter-tls/http/tls.key" -}}
{{- $_ := set $own "http.tls.trust" "/etc/tokenmeter-tls/http/ca.crt" -}}
{{- end -}}
{{- range $key, $value := $own -}}
{{- if hasKey $.Values.config $key -}}
{{- fail (printf "config sets %s, which the chart sets from other values; remove it from config" $key) -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := merge $own .Values.config }}
{{ $key }}={{ $value | toString | replace "\\" "\\\\" }}
{{- end }}
{{- end -}}

{{/* Secrets, as variables over the file; called with the root. */}}
{{- define "tokenmeter.secrets" -}}
{{- with .Values.existingSecret }}
envFrom:
  - secretRef:
      name: {{ . }}
{{- end }}
{{- end -}}

{{- define "tokenmeter.variables" -}}
{{- with .Values.pods.javaOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with .Values.kafka.sasl }}
{{- if .mechanism }}
- name: TOKENMETER_KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- with .Values.kafka.tls }}
{{- if .clientCertificate }}
# Kafka takes a certificate and its key from one file or from two settings; a TLS Secret has two files.
- name: TOKENMETER_KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: tls.crt
- name: TOKENMETER_KAFKA_SSL_KEYSTORE_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: tls.key
{{- end }}
{{- end }}
{{- end -}}
