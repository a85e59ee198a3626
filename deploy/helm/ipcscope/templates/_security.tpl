{{/* What the agent may do in its container. */}}
{{- define "ipcscope.securityContext" -}}
{{- if .privileged -}}
privileged: true
readOnlyRootFilesystem: true
runAsUser: 0
{{- else -}}
privileged: false
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
# User 0, because capabilities are given to nobody else; without them it may do less than a user.
runAsUser: 0
runAsGroup: 0
seccompProfile:
  {{- toYaml .seccompProfile | nindent 2 }}
capabilities:
  drop: [ALL]
  add:
    # Load eBPF programs and make their maps.
    - BPF
    # Attach them to tracepoints, and let them read kernel memory.
    - PERFMON
    # Read /proc/PID of other users' processes: descriptors, mappings, executables.
    - SYS_PTRACE
    # Follow paths of objects below folders that are closed to others: /proc/PID/root, /dev/shm.
    - DAC_READ_SEARCH
    {{- if .oldKernel }}
    # Kernels before 5.11: raise RLIMIT_MEMLOCK.
    - SYS_RESOURCE
    {{- end }}
    {{- if .sysAdmin }}
    # Measure the programs' run time, and find other tracers.
    - SYS_ADMIN
    {{- end }}
    {{- if .sampleVolume }}
    # Clear the referenced marks of other users' processes: mechanisms.shm.sampleVolume.
    - DAC_OVERRIDE
    {{- end }}
{{- end }}
{{- with .seLinuxOptions }}
seLinuxOptions:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
