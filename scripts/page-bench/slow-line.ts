// The slow machine and network that pages are measured on. Knows no page.
import type { CDPSession } from '@playwright/test';

const cpu = 4;
const bitsPerSecond = 1.6e6;
const latencyMs = 150;

/** What the report says about it. */
export const slowLine = `${cpu}× slower CPU, ${bitsPerSecond / 1e6} Mbit/s, ${latencyMs} ms round trip`;

/** Slows processor and network down, or lets both run freely. */
export async function slowDown(client: CDPSession, slow: boolean): Promise<void> {
  await client.send('Emulation.setCPUThrottlingRate', { rate: slow ? cpu : 1 });
  const throughput = slow ? bitsPerSecond / 8 : -1;
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: slow ? latencyMs : 0,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}
