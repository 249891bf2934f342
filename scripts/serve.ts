// Serves dist/ as it is, at PORT or else 4321, and prints the address. Knows nothing of building.
import { existsSync } from 'node:fs';
import { createStaticServer, listen } from './static-server.ts';

const directory = process.env['DIST_DIR'] ?? 'dist';
const base = process.env['BASE_PATH'] ?? '/';
const wanted = process.env['PORT'];

if (!existsSync(`${directory}/index.html`)) {
  console.error(`There is no built site in ${directory}/; run \`npm run build\` first.`);
  process.exit(1);
}
const server = createStaticServer({ directory, base });
try {
  const port = await listen(server, Number(wanted ?? 4321), wanted ? 1 : 20);
  console.log(`命名空间实验室 · Namespace Lab: http://localhost:${port}${base.replace(/\/?$/, '/')}  (Ctrl-C ends)`);
} catch (error) {
  console.error(`Cannot listen on port ${wanted ?? 4321}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}
