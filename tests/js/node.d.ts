// What the tests use of Node, for the type checker: Node's own types would be another package.

declare function setImmediate(callback: (value: unknown) => void): void;

declare module "node:assert/strict" {
  const assert: {
    ok(value: unknown): void;
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
  };
  export default assert;
}

declare module "node:test" {
  type Body = () => void | Promise<void>;
  export function beforeEach(body: Body): void;
  export function suite(name: string, body: Body): void;
  export function test(name: string, body: Body): void;
}
