{{- define "fabricdt.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 52 | trimSuffix "-" }}
{{- end }}

{{/* Short enough for -executor and the like behind it. */}}
{{- define "fabricdt.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains (include "fabricdt.name" .) .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "fabricdt.name" .) | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "fabricdt.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "fabricdt.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "fabricdt.selector" -}}
app.kubernetes.io/name: {{ include "fabricdt.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "fabricdt.image" -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}

{{- define "fabricdt.tokenSecret" -}}
{{ default (printf "%s-token" (include "fabricdt.fullname" .)) .Values.planner.existingTokenSecret }}
{{- end }}

{{/* ConfigMap of the scenario's files; empty where the image's own scenario is taken. */}}
{{- define "fabricdt.scenarioMap" -}}
{{- if .Values.scenario.existingConfigMap }}{{ .Values.scenario.existingConfigMap }}
{{- else if .Values.scenario.files }}{{ include "fabricdt.fullname" . }}-scenario
{{- end }}
{{- end }}

{{- define "fabricdt.scenarioFile" -}}
{{- if include "fabricdt.scenarioMap" . }}/etc/fabricdt/scenario/{{ .Values.scenario.main }}{{ else }}/app/scenarios/zone-blackout.yaml{{ end }}
{{- end }}

{{/* What --context is given, a line each. */}}
{{- define "fabricdt.contexts" -}}
{{- with .Values.clusters.self }}{{ . }}={{ . }}
{{ end }}
{{- range .Values.clusters.contexts }}{{ . }}
{{ end }}
{{- end }}

{{/* The one that the extender follows. */}}
{{- define "fabricdt.extenderContext" -}}
{{- $cluster := default .Values.clusters.self .Values.extender.cluster }}
{{- $found := "" }}
{{- range splitList "\n" (include "fabricdt.contexts" .) }}
{{- if and $cluster (hasPrefix (printf "%s=" $cluster) .) }}{{ $found = . }}{{ end }}
{{- end }}
{{- required "extender.enabled: name its cluster in clusters.self, or in clusters.contexts and extender.cluster" $found }}
{{- end }}

{{- define "fabricdt.kubeconfigs" -}}
{{- $files := list }}
{{- if .Values.clusters.self }}{{ $files = append $files "/etc/fabricdt/self/kubeconfig" }}{{ end }}
{{- if .Values.clusters.kubeconfigSecret }}{{ $files = append $files "/etc/fabricdt/others/kubeconfig" }}{{ end }}
{{- join ":" $files }}
{{- end }}

{{/* What is the same in the pods of the planner and of the extender. */}}
{{- define "fabricdt.pod" -}}
serviceAccountName: {{ include "fabricdt.fullname" . }}
automountServiceAccountToken: {{ ne .Values.clusters.self "" }}
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "fabricdt.container" -}}
image: {{ include "fabricdt.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- with include "fabricdt.kubeconfigs" . }}
env:
  - { name: KUBECONFIG, value: {{ . | quote }} }
{{- end }}
# Reading a large scenario takes its time.
startupProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 10
readinessProbe:
  httpGet: { path: /readyz, port: http }
  periodSeconds: 5
{{- end }}

{{- define "fabricdt.mounts" -}}
- { name: tmp, mountPath: /tmp }
{{- if include "fabricdt.scenarioMap" . }}
- { name: scenario, mountPath: /etc/fabricdt/scenario, readOnly: true }
{{- end }}
{{- if .Values.clusters.self }}
- { name: self, mountPath: /etc/fabricdt/self, readOnly: true }
{{- end }}
{{- if .Values.clusters.kubeconfigSecret }}
- { name: others, mountPath: /etc/fabricdt/others, readOnly: true }
{{- end }}
{{- end }}

{{- define "fabricdt.volumes" -}}
# Private copies of kubeconfigs lie there while it runs.
- name: tmp
  emptyDir: { medium: Memory, sizeLimit: 16Mi }
{{- with include "fabricdt.scenarioMap" . }}
- name: scenario
  configMap: { name: {{ . }} }
{{- end }}
{{- if .Values.clusters.self }}
- name: self
  configMap: { name: {{ include "fabricdt.fullname" . }}-self }
{{- end }}
{{- with .Values.clusters.kubeconfigSecret }}
- name: others
  secret: { secretName: {{ . }}, defaultMode: 0440 }
{{- end }}
{{- end }}
