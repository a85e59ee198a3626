{{- define "ipcscope.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "ipcscope.fullname" -}}
{{- $name := include "ipcscope.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{/* A name with an ending, within 63 characters. Takes a list: context, ending. */}}
{{- define "ipcscope.suffixed" -}}
{{- printf "%s-%s" (include "ipcscope.fullname" (index . 0) | trunc (int (sub 62 (len (index . 1)))) | trimSuffix "-") (index . 1) }}
{{- end }}

{{- define "ipcscope.selector" -}}
app.kubernetes.io/name: {{ include "ipcscope.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: agent
{{- end }}

{{- define "ipcscope.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "ipcscope.labels" -}}
{{ include "ipcscope.selector" . }}
{{ include "ipcscope.commonLabels" . }}
{{- end }}

{{- define "ipcscope.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "ipcscope.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{- required "serviceAccount.name is needed where serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end -}}
{{- end }}

{{/* registry/repository:tag or …@digest. Takes a list: the image's values, the tag if it has none. */}}
{{- define "ipcscope.image" -}}
{{- $image := index . 0 -}}
{{- with $image.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{- $image.repository -}}
{{- if $image.digest -}}@{{ $image.digest }}{{- else -}}:{{ default (index . 1) $image.tag }}{{- end -}}
{{- end }}

{{/* Whether the agent asks the API server. */}}
{{- define "ipcscope.usesApi" -}}
{{- if eq .Values.names.source "api" }}true{{ end -}}
{{- end }}

{{- define "ipcscope.tokenSecret" -}}
{{- default (include "ipcscope.suffixed" (list . "token")) .Values.token.existingSecret }}
{{- end }}
