{{/* The agent's settings: those of the user, and those that belong to what the chart mounts and opens. Empty sections are left out. */}}
{{- define "ipcscope.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- $metrics := dict "listen" (printf "%s:%v" .Values.listen.address .Values.listen.port) "tokenFile" (printf "/run/secrets/ipcscope/token/%s" .Values.token.key) -}}
{{- if .Values.tls.secret -}}
{{- $_ := set $metrics "tls" (dict "certificateFile" "/run/secrets/ipcscope/tls/tls.crt" "keyFile" "/run/secrets/ipcscope/tls/tls.key") -}}
{{- end -}}
{{- $api := dict "listen" "" -}}
{{- if .Values.dashboard.enabled -}}
{{- $api = merge (dict "listen" (printf "%s:%v" .Values.listen.address .Values.listen.apiPort)) (pick $metrics "tokenFile" "tls") -}}
{{- end -}}
{{- $_ := set $config "api" $api -}}
{{- $_ := set $config "metrics" (merge $metrics (default dict $config.metrics)) -}}
{{- $_ := set $config "kubernetes" (dict "enabled" (eq .Values.names.source "api") "criSocket" (eq .Values.names.source "cri" | ternary .Values.names.criSocket "")) -}}
{{- range $section, $settings := $config -}}
{{- if not $settings }}{{ $_ := unset $config $section }}{{ end -}}
{{- end -}}
{{- toYaml $config -}}
{{- end }}
