// Structs of kinds that the recorded OpenAPI document leaves out, written after k8s.io/api v0.37 (core/v1, batch/v1, rbac/v1
// types.go) in the grammar that schema.ts reads.

import { addFields } from './schema.ts';

addFields(`
AggregationRule clusterRoleSelectors:[LabelSelector
ClusterRole aggregationRule:AggregationRule apiVersion:s kind:s metadata:ObjectMeta rules:*[PolicyRule
ClusterRoleBinding apiVersion:s kind:s metadata:ObjectMeta roleRef:*RoleRef subjects:[Subject
CronJob apiVersion:s kind:s metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus
CronJobSpec concurrencyPolicy:ConcurrencyPolicy failedJobsHistoryLimit:*i jobTemplate:*JobTemplateSpec schedule:*s startingDeadlineSeconds:*l successfulJobsHistoryLimit:*i suspend:*b timeZone:*s
CronJobStatus active:[ObjectReference lastScheduleTime:*t lastSuccessfulTime:*t
JobTemplateSpec metadata:ObjectMeta spec:JobSpec
LimitRange apiVersion:s kind:s metadata:ObjectMeta spec:LimitRangeSpec
LimitRangeItem default:R defaultRequest:R max:R maxLimitRequestRatio:R min:R type:*LimitType
LimitRangeSpec limits:*[LimitRangeItem
PolicyRule apiGroups:[s nonResourceURLs:[s resourceNames:[s resources:[s verbs:*[s
ResourceQuota apiVersion:s kind:s metadata:ObjectMeta spec:ResourceQuotaSpec status:ResourceQuotaStatus
ResourceQuotaSpec hard:R scopeSelector:ScopeSelector scopes:[ResourceQuotaScope
ResourceQuotaStatus hard:R used:R
Role apiVersion:s kind:s metadata:ObjectMeta rules:*[PolicyRule
RoleBinding apiVersion:s kind:s metadata:ObjectMeta roleRef:*RoleRef subjects:[Subject
RoleRef apiGroup:*s kind:*s name:*s
ScopeSelector matchExpressions:[ScopedResourceSelectorRequirement
ScopedResourceSelectorRequirement operator:*ScopeSelectorOperator scopeName:*ResourceQuotaScope values:[s
Secret apiVersion:s data:{y immutable:*b kind:s metadata:ObjectMeta stringData:{s type:SecretType
Subject apiGroup:s kind:*s name:*s namespace:s
`);
