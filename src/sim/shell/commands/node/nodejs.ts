/**
 * `node app.js` of the image luksa/kubia: an HTTP server that answers with its host's name. As in the recordings it is a
 * Go program in disguise (real-cluster kubia.go), which its headers and its end on SIGTERM show.
 */
import { isErrno } from '../../../linux/errno.ts';
import { listen } from '../../../linux/net/socket-calls.ts';
import { endAsGoPrograms, takeShape } from '../../daemon/daemon.ts';
import { plainHandler, serveHttp } from '../../daemon/http-server.ts';
import type { Command } from '../../command.ts';

const PORT = 8080;

/** Prefix of Go's log package: local date and time. */
function logTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

export const command: Command = {
  name: 'node',
  suite: 'nodejs',
  summary: { zh: '示例应用 kubia：返回所在主机的名字', en: 'The sample application kubia: answers with its host’s name' },
  *run(context) {
    takeShape(context, { threads: 4, memory: { virtual: 1_263_996, resident: 5_188 } });
    endAsGoPrograms(context);
    const { hostname } = context.process.namespaces.uts;
    context.out('Kubia server starting...\n');
    const listener = listen(context, { port: PORT });
    if (isErrno(listener)) {
      const reason =
        listener.code === 'EADDRINUSE'
          ? 'address already in use'
          : listener.code === 'EACCES'
            ? 'permission denied'
            : 'cannot assign requested address';
      context.err(`${logTime(context.simulation.wallClock)} listen tcp :${PORT}: bind: ${reason}\n`);
      return 1;
    }
    context.install(listener, 3);
    return yield* serveHttp(context, {
      listeners: [listener],
      style: 'go',
      handle: plainHandler((request) => {
        context.out(`Received request from ${request.client}\n`);
        return { status: 200, headers: [], body: `You've hit ${hostname}\n` };
      }),
    });
  },
};
