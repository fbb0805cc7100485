import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { hashes, verify } from '@noble/ed25519';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';

hashes.sha512 = sha512;

export { sha256 };
export const hmacSha256 = (key, message) => hmac(sha256, key, message);
// RFC 8032 as OpenSSL reads it: without the ZIP-215 leniency, so that every checker answers alike.
export const verifyEd25519 = (signature, message, key) => verify(signature, message, key, { zip215: false });
export const verifyMlDsa44 = (signature, message, key) => ml_dsa44.verify(signature, message, key);
