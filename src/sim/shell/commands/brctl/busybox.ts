/** brctl of BusyBox 1.37 (networking/brctl.c). */
import { addBridge, bridgeLines, bridgesOf, changePort, deleteBridge } from '../../network/bridge-change.ts';
import { defineTool } from '../../tool/tool.ts';

const USAGE = `brctl COMMAND [BRIDGE [ARGS]]

Manage ethernet bridges
Commands:
\tshow [BRIDGE]...\tShow bridges
\taddbr BRIDGE\t\tCreate BRIDGE
\tdelbr BRIDGE\t\tDelete BRIDGE
\taddif BRIDGE IFACE\tAdd IFACE to BRIDGE
\tdelif BRIDGE IFACE\tDelete IFACE from BRIDGE
\tshowmacs BRIDGE\t\tList MAC addresses
\tshowstp BRIDGE\t\tShow STP info
\tstp BRIDGE 1/yes/on|0/no/off\tSet STP on/off
\tsetageing BRIDGE SECONDS\tSet ageing time
\tsetfd BRIDGE SECONDS\t\tSet bridge forward delay
\tsethello BRIDGE SECONDS\t\tSet hello time
\tsetmaxage BRIDGE SECONDS\tSet max message age
\tsetbridgeprio BRIDGE PRIO\tSet bridge priority
\tsetportprio BRIDGE IFACE PRIO\tSet port priority
\tsetpathcost BRIDGE IFACE COST\tSet path cost`;

const COMMANDS = [
  'addbr',
  'delbr',
  'addif',
  'delif',
  'stp',
  'setageing',
  'setfd',
  'sethello',
  'setmaxage',
  'setpathcost',
  'setportprio',
  'setbridgeprio',
  'showmacs',
  'showstp',
  'show',
];

const rules = { short: '', raw: true } as const;

export const { busybox: command } = defineTool({
  name: 'brctl',
  suite: 'bridge-utils',
  summary: { zh: '查看或修改网桥', en: 'Show or change bridges' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  // eslint-disable-next-line require-yield -- it asks the kernel and prints
  *run(call) {
    const { context } = call;
    const [verb, name, device] = call.operands;
    if (verb === undefined) return call.misuse(undefined);
    if (!COMMANDS.includes(verb)) return call.complain(`invalid argument '${verb}' to 'brctl'`);
    const { interfaces } = context.process.namespaces.net;
    if (verb === 'show') {
      const named = call.operands.slice(1);
      const missing = named.find((each) => interfaces.find(each)?.kind !== 'bridge');
      const shown = named.length === 0 ? bridgesOf(context) : named.flatMap((each) => (each === missing ? [] : (interfaces.find(each) ?? [])));
      // The header comes with the first bridge.
      if (shown.length > 0) call.out(bridgeLines(shown));
      return missing === undefined ? 0 : call.complain(`bridge ${missing} does not exist`);
    }
    if (name === undefined) return call.misuse(undefined);
    if (verb === 'addbr' || verb === 'delbr') {
      const failed = verb === 'addbr' ? addBridge(context, name) : deleteBridge(context, name);
      return failed ? call.complain(`bridge ${name}: ${failed.text}`) : 0;
    }
    if (verb === 'addif' || verb === 'delif') {
      if (device === undefined) return call.misuse(undefined);
      if (!interfaces.find(device)) return call.complain(`iface ${device}: No such device`);
      const failed = changePort(context, { bridge: name, device, add: verb === 'addif' });
      return failed ? call.complain(`bridge ${name}: ${failed.text}`) : 0;
    }
    const bridge = interfaces.find(name);
    if (bridge?.kind !== 'bridge') return call.complain(`bridge ${name}: No such device`);
    if (verb === 'showmacs') {
      call.out('port no\tmac addr\t\tis local?\tageing timer\n');
      for (const [index, port] of [...bridge.ports].entries()) call.out(`${String(index + 1).padStart(3)}\t${port.mac}\tyes\t\t   0.00\n`);
    }
    return 0;
  },
});
