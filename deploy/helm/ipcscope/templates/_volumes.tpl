{{/* What the agent sees of the node. The kernel's types are in the container's own /sys. */}}
{{- define "ipcscope.mounts" -}}
- name: config
  mountPath: /etc/ipcscope
  readOnly: true
# Written anew when the Secret changes, and read again by the agent: no single files (subPath).
- name: token
  mountPath: /run/secrets/ipcscope/token
  readOnly: true
{{- if .Values.tls.secret }}
- name: tls
  mountPath: /run/secrets/ipcscope/tls
  readOnly: true
{{- end }}
# Numbers of tracepoints, where the kernel preempts raw tracepoints; without this it does not start there.
- name: tracefs
  mountPath: /sys/kernel/tracing
# Which cgroup is which container.
- name: cgroup
  mountPath: /sys/fs/cgroup
  readOnly: true
{{- if eq .Values.names.source "cri" }}
- name: cri
  mountPath: {{ dir .Values.names.criSocket }}
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "ipcscope.volumes" -}}
- name: config
  configMap:
    name: {{ include "ipcscope.fullname" . }}
- name: token
  secret:
    secretName: {{ include "ipcscope.tokenSecret" . }}
    defaultMode: 0400
{{- if .Values.tls.secret }}
- name: tls
  secret:
    secretName: {{ .Values.tls.secret }}
    defaultMode: 0400
{{- end }}
- name: tracefs
  hostPath:
    path: /sys/kernel/tracing
    type: Directory
- name: cgroup
  hostPath:
    path: /sys/fs/cgroup
    type: Directory
{{- if eq .Values.names.source "cri" }}
# The folder, not the socket: a runtime that starts anew makes a new one.
- name: cri
  hostPath:
    path: {{ dir .Values.names.criSocket }}
    type: Directory
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Takes a list: context, path. */}}
{{- define "ipcscope.probe" -}}
path: {{ index . 1 }}
port: metrics
{{- if (index . 0).Values.tls.secret }}
scheme: HTTPS
{{- end }}
{{- end }}
