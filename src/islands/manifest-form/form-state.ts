// What the form shows of a manifest, and what can be done in it. Knows no YAML.

export type FlagField = 'hostNetwork' | 'hostPID' | 'hostIPC' | 'shareProcessNamespace' | 'hostUsers';

/** `undefined`: the manifest does not say. `unreadable`: it says something that no switch can show. */
export type FlagValue = boolean | 'unreadable' | undefined;

export interface PortRow {
  readonly container: number;
  readonly index: number;
  readonly containerPort: string;
  readonly hostPort: string;
  readonly hostIP: string;
  readonly protocol: string;
}

export interface ServicePortRow {
  readonly index: number;
  readonly name: string;
  readonly port: string;
  readonly targetPort: string;
  readonly nodePort: string;
  readonly protocol: string;
}

export interface ContainerRow {
  readonly index: number;
  readonly name: string;
  readonly image: string;
  /** Words as a shell reads them: parted by spaces, quoted where they hold some. */
  readonly command: string;
  readonly args: string;
}

export interface PodForm {
  readonly kind: 'pod';
  /** Field path of the PodSpec as the API server writes it, such as `spec` or `spec.template.spec`. */
  readonly at: string;
  readonly name: string;
  readonly flags: { readonly [field in FlagField]: FlagValue };
  readonly dnsPolicy: string;
  readonly containers: readonly ContainerRow[];
  readonly ports: readonly PortRow[];
}

export interface ServiceForm {
  readonly kind: 'service';
  readonly name: string;
  readonly type: string;
  readonly ports: readonly ServicePortRow[];
}

/** `labels`: the object's own; `selector`: those by which it chooses Pods; `templateLabels`: those that its Pods get. */
export type LabelsField = 'labels' | 'selector' | 'templateLabels';

export interface LabelsGroup {
  readonly field: LabelsField;
  /** Field path as the API server writes it, such as `spec.selector.matchLabels`. */
  readonly at: string;
  readonly rows: readonly { readonly key: string; readonly value: string }[];
}

/** One object of a text, with what its form has beyond the settings of the lessons. */
export interface ObjectForm {
  /** Kind and name, such as `Deployment web`. */
  readonly title: string;
  readonly form: PodForm | ServiceForm;
  readonly labels: readonly LabelsGroup[];
  /** How many Pods are asked for; `undefined` where the kind has no such field. */
  readonly replicas: string | undefined;
  /** Where the object stands in the text: offsets of its begin and its end. */
  readonly range: readonly [number, number];
}

/** The text is no YAML at the moment: the form waits until it is again. */
export interface PausedForm {
  readonly kind: 'paused';
  /** Where reading stopped, from 1. */
  readonly line: number;
}

/** `none`: there is nothing in the text that the form could show. */
export type FormState = PodForm | ServiceForm | PausedForm | { readonly kind: 'none' };

/** One thing the learner did in the form. An empty value takes the field away; a name or an image stays, empty. */
export type FormEdit =
  | { readonly kind: 'flag'; readonly field: FlagField; readonly value: boolean | undefined }
  | { readonly kind: 'dns'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'container'; readonly container: number; readonly field: 'name' | 'image' | 'command' | 'args'; readonly value: string }
  | { readonly kind: 'add-container' }
  | { readonly kind: 'remove-container'; readonly container: number }
  | {
      readonly kind: 'port';
      readonly container: number;
      readonly index: number;
      readonly field: 'containerPort' | 'hostPort' | 'hostIP' | 'protocol';
      readonly value: string;
    }
  | { readonly kind: 'add-port'; readonly container: number }
  | { readonly kind: 'remove-port'; readonly container: number; readonly index: number }
  | { readonly kind: 'service-type'; readonly value: string }
  | {
      readonly kind: 'service-port';
      readonly index: number;
      readonly field: 'name' | 'port' | 'targetPort' | 'nodePort' | 'protocol';
      readonly value: string;
    }
  | { readonly kind: 'add-service-port' }
  | { readonly kind: 'remove-service-port'; readonly index: number }
  | { readonly kind: 'replicas'; readonly value: string }
  | { readonly kind: 'label'; readonly at: LabelsField; readonly index: number; readonly field: 'key' | 'value'; readonly value: string }
  | { readonly kind: 'add-label'; readonly at: LabelsField }
  | { readonly kind: 'remove-label'; readonly at: LabelsField; readonly index: number };
