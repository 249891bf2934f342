/** bridge of iproute2 6.1 (bridge/bridge.c): the ports of bridges and their forwarding tables. */
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';

const USAGE = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
       bridge [ -force ] -batch filename
where  OBJECT := { link | fdb | mdb | vlan | vni | monitor }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                    -o[neline] | -t[imestamp] | -n[etns] name |
                    -c[ompressvlans] -color -p[retty] -j[son] }
`;

const OBJECTS = ['link', 'fdb', 'mdb', 'vlan', 'monitor', 'vni', 'help'] as const;

export const command: Command = {
  name: 'bridge',
  suite: 'iproute2',
  summary: { zh: '查看网桥的端口与转发表', en: 'Show bridge ports and forwarding tables' },
  options: ['-d', '-s', '-V'],
  // eslint-disable-next-line require-yield -- it asks the kernel and prints
  *run(context): Running {
    const words = context.args.filter((word) => !word.startsWith('-'));
    const flags = context.args.filter((word) => word.startsWith('-'));
    if (flags.some((flag) => /^--?V/.test(flag))) {
      context.out('bridge utility, 6.1.0\n');
      return 0;
    }
    const [typed, verb, ...rest] = words;
    if (typed === undefined) {
      context.err(USAGE);
      return 255;
    }
    const object = OBJECTS.find((each) => each.startsWith(typed));
    if (object === undefined) {
      context.err(`Object "${typed}" is unknown, try "bridge help".\n`);
      return 255;
    }
    if (object === 'help') {
      context.err(USAGE);
      return 255;
    }
    if (object !== 'monitor' && verb !== undefined && !['show', 'lst', 'list', 'set'].some((each) => each.startsWith(verb))) {
      context.err(`Command "${verb}" is unknown, try "bridge ${object} help".\n`);
      return 255;
    }
    if (object === 'monitor') {
      context.err(`Argument "${verb ?? ''}" is unknown, try "bridge monitor help".\n`);
      return 255;
    }
    if (object === 'vlan') context.out('port              vlan-id  \n');
    const wanted = rest[0] === 'dev' || rest[0] === 'br' ? rest[1] : rest[0];
    const { interfaces } = context.process.namespaces.net;
    if (wanted !== undefined && !interfaces.find(wanted)) {
      context.err(`Cannot find device "${wanted}"\n`);
      return 255;
    }
    if (object === 'link' && flags.some((flag) => /^--?j/.test(flag))) {
      const ports = interfaces.list().filter((device) => device.master && (wanted === undefined || device.name === wanted));
      const lines = ports.map((device) => ({
        ifindex: device.index,
        ...(device.linkIndex === 0 ? {} : { link: interfaces.at(device.linkIndex)?.name ?? `if${device.linkIndex}` }),
        ifname: device.name,
        flags: device.flagNames,
        mtu: device.mtu,
        master: device.master?.name,
        state: device.carrier ? 'forwarding' : 'disabled',
        priority: 32,
        cost: 2,
      }));
      context.out(`${JSON.stringify(lines)}\n`);
      return 0;
    }
    const details = flags.some((flag) => /^--?d/.test(flag));
    for (const device of interfaces.list()) {
      if (wanted !== undefined && device.name !== wanted && device.master?.name !== wanted) continue;
      if (object === 'link') {
        if (!device.master) continue;
        // The other end's index is looked up among the own devices (bridge/link.c, ll_index_to_name).
        const other = device.linkIndex === 0 ? '' : `@${interfaces.at(device.linkIndex)?.name ?? `if${device.linkIndex}`}`;
        const state = device.carrier ? 'forwarding' : 'disabled';
        context.out(
          `${device.index}: ${device.name}${other}: <${device.flagNames.join(',')}> mtu ${device.mtu} master ${device.master.name} state ${state} priority 32 cost 2 \n`,
        );
        if (details)
          context.out(
            `    hairpin ${device.hairpin ? 'on' : 'off'} guard off root_block off fastleave off learning on flood on mcast_flood on bcast_flood on mcast_router 1 mcast_to_unicast off neigh_suppress off vlan_tunnel off isolated off locked off \n`,
          );
      } else if (object === 'fdb') {
        if (device.master && device.peer) context.out(`${device.peer.mac} dev ${device.name} master ${device.master.name} \n`);
        if (device.master) context.out(`${device.mac} dev ${device.name} master ${device.master.name} permanent\n`);
        if (device.kind !== 'loopback')
          context.out(`33:33:00:00:00:01 dev ${device.name} self permanent\n01:00:5e:00:00:01 dev ${device.name} self permanent\n`);
      }
    }
    return 0;
  },
};
