// Tells the type checker of the directive that scripts/build/client-intent.ts adds.
declare module 'astro' {
  interface AstroClientDirectives {
    'client:intent'?: boolean;
  }
}

export {};
