"use strict";
/*
 * 核验 · The checks. Nothing here knows the page, nothing here needs WebCrypto or a network.
 *
 * Formats: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy; RFC 9162 sections 2.1.3.2 and
 * 2.1.4.2 (inclusion, consistency). `noble` is the vendored SHA-256, HMAC, Ed25519 and ML-DSA-44.
 */
const checks = (() => {
  const LOG = 1;
  const COSIGNER = 4;
  const POST_QUANTUM = 6;
  const KEY_SIZES = new Map([[LOG, 32], [COSIGNER, 32], [POST_QUANTUM, 1312]]);
  const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

  const utf8 = new TextEncoder();

  /** Something is not as it must be: at which position (or null), in words, what was found, what was expected. */
  class Fault extends Error {
    constructor(position, zh, en, found = "", expected = "") {
      super(en);
      Object.assign(this, { position, zh, en, found: String(found), expected: String(expected) });
    }
  }

  function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function fromHex(text) {
    if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Error("not hexadecimal");
    return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  }

  function fromBase64(text) {
    if (text.length % 4 || !BASE64.test(text)) throw new Error("not base64");
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  }

  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  function same(left, right) {
    if (left.length !== right.length) return false;
    for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
    return true;
  }

  function bigEndian(number, size) {
    const bytes = new Uint8Array(size);
    for (let at = size - 1, rest = BigInt(number); at >= 0; at -= 1, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
    return bytes;
  }

  // RFC 6962 section 2.1: 0x00 before a leaf, 0x01 before a node, so that neither poses as the other.
  const leafHash = (text) => noble.sha256(utf8.encode(`\0${text}`));
  const pair = new Uint8Array(65).fill(1, 0, 1);
  function nodeHash(left, right) {
    pair.set(left, 1);
    pair.set(right, 33);
    return noble.sha256(pair);
  }

  // ------------------------------------------------------------------ keys, notes, policies

  /** A verifier key, <name>+<id>+<base64 of kind and key>; its id must follow from it. */
  function parseKey(text) {
    const [name, id, ...rest] = text.trim().split("+");
    const blob = fromBase64(rest.join("+"));
    if (!name || KEY_SIZES.get(blob[0]) !== blob.length - 1) throw new Error("no key of a known kind");
    const computed = hex(noble.sha256(joined(utf8.encode(`${name}\n`), blob)).slice(0, 4));
    if (computed !== id) throw new Error(`the key of ${name} has the id ${computed}, the text says ${id}`);
    return { name, id, kind: blob[0], key: blob.slice(1), text: text.trim() };
  }

  function parseNote(note) {
    const end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) throw new Error("no signed note");
    const lines = note.slice(end + 2, -1).split("\n");
    return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
  }

  function parseSignature(line) {
    const found = /^— (\S+) (\S+)$/u.exec(line);
    const blob = found ? fromBase64(found[2]) : new Uint8Array();
    if (blob.length <= 4) throw new Error("a signature line cannot be read");
    return { name: found[1], id: hex(blob.slice(0, 4)), payload: blob.slice(4) };
  }

  function parseCheckpoint(text) {
    const [origin, size, root] = text.split("\n");
    const bytes = fromBase64(root || "");
    if (!origin || !/^(?:0|[1-9][0-9]{0,15})$/.test(size) || bytes.length !== 32) throw new Error("no checkpoint");
    return { origin, size: Number(size), root: bytes };
  }

  function parsePolicy(text) {
    const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
    for (const line of text.split("\n")) {
      const words = line.split("#")[0].split(/\s+/).filter(Boolean);
      if (words.length) readStatement(policy, words);
    }
    if (policy.quorum === null) throw new Error("the policy names no quorum");
    return policy;
  }

  function readStatement(policy, [statement, name, third, ...members]) {
    const known = (member) => policy.witnesses.has(member) || policy.groups.has(member);
    if (statement === "log") {
      policy.logs.push(parseKey(name));
    } else if (statement === "witness") {
      policy.witnesses.set(name, parseKey(third));
    } else if (statement === "group" && members.length && members.every(known)) {
      const threshold = { all: members.length, any: 1 }[third] || Number(third);
      policy.groups.set(name, { threshold, members });
    } else if (statement === "quorum" && policy.quorum === null && (name === "none" || known(name))) {
      policy.quorum = name;
    } else {
      throw new Error(`the statement ${statement} ${name} cannot be read`);
    }
  }

  function agrees(policy, name, agreed) {
    const group = policy.groups.get(name);
    if (!group) return agreed.has(name);
    return group.members.filter((member) => agrees(policy, member, agreed)).length >= group.threshold;
  }

  /** Check one signature; answers a cosigner's time in seconds, null for the log's own.  Throws if it is bad. */
  function checkSignature(key, text, payload) {
    if (key.kind === LOG) {
      if (payload.length !== 64 || !noble.verifyEd25519(payload, utf8.encode(text), key.key)) throw new Error("bad");
      return null;
    }
    const time = payload.slice(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
    const signature = payload.slice(8);
    const good =
      key.kind === COSIGNER
        ? signature.length === 64 && noble.verifyEd25519(signature, utf8.encode(`cosignature/v1\ntime ${time}\n${text}`), key.key)
        : noble.verifyMlDsa44(signature, subtreeMessage(key.name, text, payload.slice(0, 8)), key.key);
    if (!good) throw new Error("bad");
    return time;
  }

  /**
   * The keys that speak for the log after its changes of keys, from any that are trusted: `changes` hold position and
   * statement, in their order.  Every key before and after a change must have signed its statement.  Throws Fault.
   */
  function vouched(changes, trusted) {
    return changes.reduce((keys, change) => {
      const { before, after } = readChange(change);
      return keys.some((key) => before.some(({ text }) => text === key.text)) ? after : keys;
    }, trusted);
  }

  function readChange({ position, statement }) {
    try {
      const { text, signatures } = parseNote(statement);
      const lines = text.split("\n");
      const [before, after] = ["old ", "new "].map((word) => lines.filter((line) => line.startsWith(word)).map((line) => parseKey(line.slice(4))));
      if (lines[0] !== "disclosure-ledger/key-rotation/v1" || !before.length || !after.length) throw new Error("no statement");
      for (const key of [...before, ...after]) {
        const signature = signatures.find(({ name, id }) => name === key.name && id === key.id);
        const verify = key.kind === POST_QUANTUM ? noble.verifyMlDsa44 : noble.verifyEd25519;
        if (key.kind === COSIGNER || !signature || !verify(signature.payload, utf8.encode(text), key.key)) throw new Error(`${key.name}+${key.id}`);
      }
      return { before, after };
    } catch (problem) {
      throw new Fault(position, "台账密钥更换未经原密钥作保", "a change of the log's keys is not vouched for", problem.message);
    }
  }

  function subtreeMessage(cosigner, text, time) {
    const { origin, size, root } = parseCheckpoint(text);
    const named = (name) => joined(Uint8Array.of(utf8.encode(name).length), utf8.encode(name));
    const head = utf8.encode("subtree/v1\n\0");
    return joined(head, named(cosigner), time, named(origin), new Uint8Array(8), bigEndian(size, 8), root);
  }

  /**
   * Check a signed checkpoint against a policy, whose key may have been changed since.  Unknown signatures are passed over, a known key's bad one
   * condemns the whole.  Throws Fault.
   */
  function checkCheckpoint(noteText, policyText, changes = []) {
    let note, checkpoint, policy;
    try {
      note = parseNote(noteText);
      checkpoint = parseCheckpoint(note.text);
      policy = parsePolicy(policyText);
    } catch (problem) {
      throw new Fault(null, "检查点或信任策略无法读取", "the checkpoint or the policy cannot be read", problem.message);
    }
    policy.logs = vouched(changes, policy.logs);
    const cosigned = [];
    let log = null;
    const keys = [...policy.logs, ...policy.witnesses.values()];
    for (const { name, id, payload } of note.signatures) {
      for (const key of keys.filter((each) => each.name === name && each.id === id)) {
        const time = checkedTime(key, note.text, payload);
        if (time === null && policy.logs.includes(key) && key.name === checkpoint.origin) log = key;
        if (time !== null && !policy.logs.includes(key)) cosigned.push({ key, time });
      }
    }
    if (log === null) {
      throw new Fault(null, "检查点没有台账密钥的签名", "the checkpoint is not signed by the log's key",
        note.signatures.map((signature) => signature.name).join(", "), policy.logs.map((key) => key.text).join(", "));
    }
    const signers = new Set(cosigned.map(({ key }) => key.text));
    const agreed = new Set([...policy.witnesses].filter(([, key]) => signers.has(key.text)).map(([name]) => name));
    if (policy.quorum !== "none" && !agrees(policy, policy.quorum, agreed)) {
      throw new Fault(null, "见证数不足", "the policy's quorum is not met", [...agreed].join(", ") || "nobody", policy.quorum);
    }
    return { ...checkpoint, text: note.text, log, cosigned, quorum: policy.quorum };
  }

  function checkedTime(key, text, payload) {
    try {
      return checkSignature(key, text, payload);
    } catch {
      throw new Fault(null, "检查点上的签名无效", "a signature on the checkpoint is bad", `${key.name}+${key.id}`);
    }
  }

  // ------------------------------------------------------------------ the tree

  /**
   * Checks entries against one tree.  Proofs share their upper ends: once a node is shown to lead to the root,
   * another proof that reaches the same node and goes on by the same hashes leads there too.
   */
  class Tree {
    constructor(size, root) {
      Object.assign(this, { size, root, shown: new Map() });
    }

    /** Check that the entry's bytes stand at the position.  Throws Fault. */
    check(position, entry, path) {
      if (!Number.isInteger(position) || position < 1 || position > this.size) {
        throw new Fault(position, "记录号不在检查点之内", "the position is beyond the checkpoint", position, `1 … ${this.size}`);
      }
      const leaf = leafHash(entry);
      const { computed, steps, complete, known } = this.climb(position - 1, leaf, path);
      if (!known && !(complete && same(computed, this.root))) {
        throw new Fault(position, "记录与签名的树根不符", "the entry does not lead to the signed root",
          complete ? `root ${hex(computed)}` : `${path.length} hashes in the proof`, `root ${hex(this.root)}`);
      }
      for (const [key, hash, at] of steps) this.shown.set(key, { hash, path, at });
      return leaf;
    }

    /** RFC 9162 section 2.1.3.2.  `known` is true when it arrived on a way that was shown before. */
    climb(index, leaf, path) {
      let [fn, sn, computed] = [index, this.size - 1, leaf];
      const steps = [];
      for (let at = 0; at < path.length; at += 1) {
        const key = `${sn}/${fn}`;
        if (this.isShown(key, computed, path, at)) return { computed, steps, known: true };
        steps.push([key, computed, at]);
        if (sn === 0) return { computed, steps, complete: false };
        const sibling = hashOf(path[at]);
        if (sibling === null) return { computed, steps, complete: false };
        if (fn % 2 === 1 || fn === sn) {
          computed = nodeHash(sibling, computed);
          while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
        } else {
          computed = nodeHash(computed, sibling);
        }
        [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
      }
      return { computed, steps, complete: sn === 0 };
    }

    isShown(key, computed, path, at) {
      const shown = this.shown.get(key);
      if (!shown || !same(shown.hash, computed) || shown.path.length - shown.at !== path.length - at) return false;
      for (let ahead = path.length - at - 1; ahead >= 0; ahead -= 1) {
        if (shown.path[shown.at + ahead] !== path[at + ahead]) return false;
      }
      return true;
    }
  }

  function hashOf(text) {
    try {
      const bytes = fromBase64(text);
      return bytes.length === 32 ? bytes : null;
    } catch {
      return null;
    }
  }

  /** RFC 9162 section 2.1.4.2: whether the second tree begins with all of the first. */
  function continues(first, second, firstRoot, secondRoot, path) {
    if (first < 1 || first > second) return false;
    if (first === second) return path.length === 0 && same(firstRoot, secondRoot);
    const hashes = path.map(hashOf);
    if (hashes.includes(null)) return false;
    let [fn, sn] = [first - 1, second - 1];
    while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    if (fn === 0) hashes.unshift(firstRoot);
    if (!hashes.length) return false;
    let [older, newer] = [hashes[0], hashes[0]];
    for (const hash of hashes.slice(1)) {
      if (sn === 0) return false;
      if (fn % 2 === 1 || fn === sn) {
        [older, newer] = [nodeHash(hash, older), nodeHash(hash, newer)];
        while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
      } else {
        newer = nodeHash(newer, hash);
      }
      [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    }
    return sn === 0 && same(older, firstRoot) && same(newer, secondRoot);
  }

  // ------------------------------------------------------------------ what entries cite

  const CITING = new Set(["sha256", "content_sha256", "sha256s"]);

  /** The hash of every content that an entry's data name, however deep in them. */
  function cited(value, name = "", found = []) {
    if (Array.isArray(value)) {
      for (const part of value) cited(part, name, found);
    } else if (value !== null && typeof value === "object") {
      for (const member of Object.keys(value)) cited(value[member], member, found);
    } else if (CITING.has(name) && typeof value === "string" && /^[0-9a-f]{64}$/.test(value)) {
      found.push(value);
    }
    return found;
  }

  /** Canonical JSON (RFC 8785, ASCII member names): what a commitment is made over. */
  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
    return `{${members.join(",")}}`;
  }

  /** Check a disclosed personal value against the commitment in its entry.  Throws Fault. */
  function checkPersonal(shown, entry) {
    let computed = "";
    try {
      const message = utf8.encode(`pi/v1${shown.field}${canonical(shown.value)}`);
      computed = hex(noble.hmacSha256(fromHex(shown.salt), message));
    } catch {
      computed = "";
    }
    const member = `${shown.field}_commitment`;
    const stated = entry && entry.data && Object.prototype.hasOwnProperty.call(entry.data, member) ? entry.data[member] : "";
    if (!entry || entry.stream !== shown.record || computed === "" || computed !== stated) {
      throw new Fault(shown.position, "披露的个人信息与记录中的承诺值不符", "a disclosed value is not the one committed to",
        `${shown.record} ${computed}`, `${entry ? entry.stream : ""} ${stated}`);
    }
  }

  /**
   * Check what a page can check of a time stamp: that it is over this text, and that the text's tree is the
   * beginning of ours.  The authority's signature is left to verify.py and openssl.  Answers its time.
   */
  function checkStamp(stamp, checkpoint) {
    const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const imprint = noble.sha256(utf8.encode(stamp.text));
    const [, ...after] = latin(fromBase64(stamp.token)).split(latin(imprint));
    const time = /\x18[^](\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(after.join(""));
    if (time === null) {
      throw new Fault(null, "时间戳所盖不是该检查点", "a time stamp is over another text", stamp.path, `imprint ${hex(imprint)}`);
    }
    const stamped = parseCheckpoint(stamp.text);
    if (!continues(stamped.size, checkpoint.size, stamped.root, checkpoint.root, stamp.consistency)) {
      throw new Fault(null, "时间戳所盖检查点与本检查点不一致", "a time stamp is over a tree that ours does not continue",
        `${stamped.size} ${hex(stamped.root)}`, `${checkpoint.size} ${hex(checkpoint.root)}`);
    }
    const [year, month, day, hour, minute, second] = time.slice(1).map(Number);
    return { size: stamped.size, time: Date.UTC(year, month - 1, day, hour, minute, second) / 1000 };
  }

  return { Fault, Tree, hex, parseKey, vouched, checkCheckpoint, checkPersonal, checkStamp, cited };
})();
