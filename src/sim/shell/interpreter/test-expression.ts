/** `[[ … ]]`: conditions with patterns, regular expressions and arithmetic, without splitting of words. */
import { compareFiles, compareNumbers, unaryCondition } from '../condition/condition.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import { arithmeticValue, expandPattern, expandText } from './expand-word.ts';
import { compilePattern, matchesPattern } from './glob-pattern.ts';
import { compileMatcher } from '../regex/posix-pattern.ts';
import type { Shell } from './shell.ts';
import type { TestExpression } from './syntax.ts';

export function* evaluateTest(shell: Shell, test: TestExpression): Blocking<boolean> {
  switch (test.kind) {
    case 'not':
      return !(yield* evaluateTest(shell, test.operand));
    case 'logical': {
      for (const operand of test.operands) {
        const value = yield* evaluateTest(shell, operand);
        if (value !== (test.operator === '&&')) return value;
      }
      return test.operator === '&&';
    }
    case 'unary': {
      const operand = yield* expandText(shell, test.operand);
      if (test.operator === '-v') return shell.parameter(operand) !== undefined || shell.variables.find(operand) !== undefined;
      if (test.operator === '-o') return shell.options.has(operand as 'errexit');
      return unaryCondition(shell.context, { operator: test.operator, operand }, (text) => arithmeticValue(shell, text));
    }
    case 'binary':
      return yield* evaluateBinary(shell, test);
  }
}

function* evaluateBinary(shell: Shell, test: Extract<TestExpression, { kind: 'binary' }>): Blocking<boolean> {
  const left = yield* expandText(shell, test.left);
  switch (test.operator) {
    case '=':
    case '==':
    case '!=': {
      const matches = matchesPattern(compilePattern(yield* expandPattern(shell, test.right)), left);
      return matches === (test.operator !== '!=');
    }
    case '=~': {
      const source = yield* expandPattern(shell, test.right);
      const matcher = yield* compileMatcher(shell.context, [source], { syntax: 'extended' });
      const groups = matcher?.groups(left);
      shell.assign('BASH_REMATCH', new Map((groups ?? []).map((each, index) => [String(index), each ?? ''])));
      return groups !== undefined;
    }
    case '<':
      return left < (yield* expandText(shell, test.right));
    case '>':
      return left > (yield* expandText(shell, test.right));
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(shell.context, test.operator, [left, yield* expandText(shell, test.right)]);
    default:
      return compareNumbers(arithmeticValue(shell, left), test.operator, arithmeticValue(shell, yield* expandText(shell, test.right)));
  }
}
