// Finds the number whose SHA-256 behind the salt is the challenge. Written out, because crypto.subtle is there on
// encrypted pages only and answers one hash at a time.
"use strict";
const K = new Uint32Array(64), START = new Uint32Array(8);
{
  const part = (x) => ((x - Math.floor(x)) * 4294967296) >>> 0;
  for (let n = 2, found = 0; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = part(Math.sqrt(n));
    K[found] = part(Math.cbrt(n));
    found += 1;
  }
}
const W = new Uint32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

function sha256(bytes) {
  const whole = new Uint8Array(((bytes.length + 8) >> 6) + 1 << 6);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  new DataView(whole.buffer).setUint32(whole.length - 4, bytes.length * 8);
  const H = START.slice(), view = new DataView(whole.buffer);
  for (let at = 0; at < whole.length; at += 64) {
    for (let i = 0; i < 16; i += 1) W[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const a = W[i - 15], b = W[i - 2];
      W[i] = W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = H;
    for (let i = 0; i < 64; i += 1) {
      const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const t = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + s) | 0; d = c; c = b; b = a; a = (s + t) | 0;
    }
    H[0] += a; H[1] += b; H[2] += c; H[3] += d; H[4] += e; H[5] += f; H[6] += g; H[7] += h;
  }
  return Array.from(H, (word) => word.toString(16).padStart(8, "0")).join("");
}

self.onmessage = ({ data }) => {
  const coder = new TextEncoder();
  for (let number = 0; number <= data.most; number += 1) {
    if (sha256(coder.encode(data.salt + number)) === data.challenge) {
      self.postMessage(number);
      return;
    }
  }
  self.postMessage(null);
};
