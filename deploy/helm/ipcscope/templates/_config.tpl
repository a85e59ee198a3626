{{/* The agent's settings: those of the user, and those that belong to what the chart mounts and opens. Empty sections are left out. */}}
{{- define "ipcscope.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- $metrics := dict "listen" (printf "%s:%v" .Values.listen.address .Values.listen.port) -}}
{{- $_ := set $config "metrics" (merge $metrics (default dict $config.metrics)) -}}
{{- range $section, $settings := $config -}}
{{- if not $settings }}{{ $_ := unset $config $section }}{{ end -}}
{{- end -}}
{{- toYaml $config -}}
{{- end }}
