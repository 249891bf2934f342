/** printenv: values of environment variables. */
import { defineTool } from '../../tool/tool.ts';

export const printenv = defineTool({
  name: 'printenv',
  suite: 'coreutils',
  summary: { zh: '输出环境变量的值', en: 'Prints environment variables' },
  usage: 'printenv [VARIABLE]...\n\nPrint environment VARIABLEs.\nIf no VARIABLE specified, print all.',
  gnuUsage: 'printenv [OPTION]... [VARIABLE]...',
  busybox: { short: '' },
  gnu: { short: '0', long: { null: 'none' } },
  mistake: 2,
  *run(call) {
    yield* call.context.flush();
    const { env } = call.context;
    if (call.operands.length === 0) {
      call.out([...env].map(([key, value]) => `${key}=${value}\n`).join(''));
      return 0;
    }
    let status = 0;
    for (const name of call.operands) {
      const value = env.get(name);
      if (value === undefined) status = 1;
      else call.out(`${value}\n`);
    }
    return status;
  },
});
