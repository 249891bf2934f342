/**
 * Simulated TLS: a client opens with the hello and then speaks in clear; a server that speaks TLS answers with its hello
 * before its first byte. Nothing is encrypted, but a mistaken protocol fails as in life.
 */
export const TLS_CLIENT_HELLO = '\u0016\u0003\u0001\n';
export const TLS_SERVER_HELLO = '\u0016\u0003\u0003\n';
