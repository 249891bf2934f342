/** What describes one kind. Types only; describers.ts lists them. */
import type { ApiServer } from '../../../../kube/apiserver/api-server.ts';
import type { Plain } from '../output/plain-value.ts';
import type { DescribeWriter } from './describe-writer.ts';

export interface DescribeContext {
  readonly server: ApiServer;
  /** Unix milliseconds. */
  readonly wallClock: number;
  readonly showEvents: boolean;
}

export type Describer = (writer: DescribeWriter, object: Plain, context: DescribeContext) => void;
