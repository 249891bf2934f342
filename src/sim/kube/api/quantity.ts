// Compares and rewrites resource quantities such as 500m or 1.5Gi in objects that were decoded already.
// What a quantity means is decided in decode/quantity.ts; this knows nothing of which resource is meant.

import { parseQuantity } from './decode/quantity.ts';
import type { Quantity } from './types-meta.ts';

/** Canonical text of a written quantity (`0.5` becomes `500m`); what is not a quantity comes back as it was. */
export function canonicalQuantity(quantity: Quantity): string {
  const text = String(quantity);
  const result = parseQuantity(text);
  return result.kind === 'quantity' ? result.quantity.text : text;
}

/** Value in billionths; 0 for what is absent or not a quantity. */
export function quantityNano(quantity: Quantity | undefined): bigint {
  if (quantity === undefined) return 0n;
  const result = parseQuantity(String(quantity));
  return result.kind === 'quantity' ? result.quantity.nano : 0n;
}
