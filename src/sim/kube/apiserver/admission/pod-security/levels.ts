// Reads a namespace's Pod Security labels: which level is enforced and which one only warns.
// Modelled on k8s.io/pod-security-admission api/helpers.go (v1.37); judges no Pod.

import type { FieldError } from '../../../api/field-error.ts';
import { invalid } from '../../../api/field-error.ts';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: PodSecurityLevel;
  /** `latest` or `v1.x`; only named in messages, since this cluster knows the newest rules alone. */
  readonly version: string;
}

export interface PodSecurityPolicy {
  readonly enforce: LevelVersion;
  readonly warn: LevelVersion;
  readonly errors: readonly FieldError[];
}

const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];
const PREFIX = 'pod-security.kubernetes.io/';

/** The policy of a namespace. Without labels everything is allowed; what is enforced is also warned about. */
export function podSecurityPolicy(labels: Readonly<Record<string, string>>): PodSecurityPolicy {
  const enforced = parseLevel(labels[`${PREFIX}enforce`]);
  const warned = parseLevel(labels[`${PREFIX}warn`]);
  const enforce: LevelVersion = { level: enforced ?? 'restricted', version: versionOf(labels, 'enforce') };
  const ownWarn = warned ?? 'privileged';
  const followsEnforce = labels[`${PREFIX}warn`] === undefined && enforced !== undefined;
  const warn: LevelVersion = followsEnforce
    ? {
        level: enforced,
        version: labels[`${PREFIX}warn-version`] === undefined ? enforce.version : versionOf(labels, 'warn'),
      }
    : { level: ownWarn, version: versionOf(labels, 'warn') };
  return { enforce, warn, errors: labelErrors(labels) };
}

// An unset label means privileged; a misspelt one is answered with undefined.
function parseLevel(label: string | undefined): PodSecurityLevel | undefined {
  if (label === undefined) return 'privileged';
  return isLevel(label) ? label : undefined;
}

function isLevel(label: string): label is PodSecurityLevel {
  return LEVELS.includes(label);
}

function versionOf(labels: Readonly<Record<string, string>>, mode: string): string {
  const version = labels[`${PREFIX}${mode}-version`] ?? 'latest';
  return isVersion(version) ? version : 'latest';
}

function isVersion(text: string): boolean {
  return text === 'latest' || /^v1\.(0|[1-9]\d*)$/.test(text);
}

function labelErrors(labels: Readonly<Record<string, string>>): FieldError[] {
  return ['enforce', 'audit', 'warn'].flatMap((mode) => {
    const key = `${PREFIX}${mode}`;
    const level = labels[key];
    const version = labels[`${key}-version`];
    const errors: FieldError[] = [];
    if (level !== undefined && !isLevel(level)) {
      errors.push(invalid(`metadata.labels[${key}]`, level, `must be one of ${LEVELS.join(', ')}`));
    }
    if (version !== undefined && !isVersion(version)) {
      errors.push(invalid(`metadata.labels[${key}-version]`, version, 'must be "latest" or "v1.x"'));
    }
    return errors;
  });
}

/** `baseline:latest`, as messages name a level. */
export function levelText(level: LevelVersion): string {
  return `${level.level}:${level.version}`;
}
