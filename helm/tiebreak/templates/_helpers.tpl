{{- define "tiebreak.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end }}

{{- define "tiebreak.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 53 | trimSuffix "-" -}}
{{- else if contains (include "tiebreak.name" .) .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "tiebreak.name" .) | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "tiebreak.selectorLabels" -}}
app.kubernetes.io/name: {{ include "tiebreak.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tiebreak.labels" -}}
{{ include "tiebreak.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "tiebreak.databaseSecret" -}}
{{- .Values.database.existingSecret | default (printf "%s-database" (include "tiebreak.fullname" .)) -}}
{{- end }}

{{/* What no schema can say clearly. */}}
{{- define "tiebreak.check" -}}
{{- if not (or .Values.authentication .Values.allowUnauthenticated) -}}
{{- fail "Without authentication whoever reaches the service may do everything. Set authentication=true; or protect it by the network (see networkPolicy), then set allowUnauthenticated=true." -}}
{{- end -}}
{{- with .Values.database -}}
{{- if and .existingSecret (or .url .username .password .owner.username .owner.password) -}}
{{- fail "Set either database.existingSecret or database.url, username and password, not both." -}}
{{- end -}}
{{- if not (or .existingSecret (and .url .username .password)) -}}
{{- fail "The database is missing: set database.existingSecret (keys url, username, password), or database.url, database.username and database.password." -}}
{{- end -}}
{{- if ne (empty .owner.username) (empty .owner.password) -}}
{{- fail "Set both database.owner.username and database.owner.password, or neither." -}}
{{- end -}}
{{- end -}}
{{- end }}
