// A decoded JSON value: what the API server keeps.

export type JsonValue = JsonObject | boolean | number | string | null | readonly JsonValue[];

export interface JsonObject {
  readonly [key: string]: JsonValue;
}
