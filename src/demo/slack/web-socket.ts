import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of a WebSocket (RFC 6455): text frames, ping, pong and close; no extensions. */
export interface WebSocketPeer {
  send(text: string): void;
  ping(): void;
  close(): void;
  onText(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;
const largestMessage = 1_048_576;

/** Answers the handshake; null (and a 400) when the request is none. */
export function acceptWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): WebSocketPeer | null {
  const key = request.headers['sec-websocket-key'];
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || key === undefined) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return null;
  }
  const accept = createHash('sha1').update(`${key}${magic}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  return createPeer(socket, head);
}

function createPeer(socket: Duplex, head: Buffer): WebSocketPeer {
  let buffer = head;
  let message: Buffer[] = [];
  let isClosed = false;
  const textListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];

  const write = (opcode: number, payload: Buffer) => {
    if (!isClosed && socket.writable) socket.write(encodeFrame(opcode, payload));
  };
  const finish = () => {
    if (isClosed) return;
    isClosed = true;
    for (const listener of closeListeners) listener();
  };
  const read = (frame: Frame) => {
    switch (frame.opcode) {
      case opcodes.ping:
        return write(opcodes.pong, frame.payload);
      case opcodes.close:
        write(opcodes.close, frame.payload.subarray(0, 2));
        finish();
        return void socket.end();
      case opcodes.text:
      case opcodes.continuation: {
        message.push(frame.payload);
        if (!frame.isLast) return;
        const text = Buffer.concat(message).toString('utf8');
        message = [];
        for (const listener of textListeners) listener(text);
      }
    }
  };

  const take = (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    if (buffer.length > largestMessage) {
      socket.destroy();
      return;
    }
    for (let frame = decodeFrame(buffer); frame; frame = decodeFrame(buffer)) {
      buffer = buffer.subarray(frame.size);
      read(frame);
    }
  };
  socket.on('data', take);
  socket.on('close', finish);
  socket.on('error', finish);
  if (head.length > 0) take(Buffer.alloc(0));
  return {
    send: (text) => write(opcodes.text, Buffer.from(text)),
    ping: () => write(opcodes.ping, Buffer.from('ping')),
    close() {
      write(opcodes.close, Buffer.from([0x03, 0xe8]));
      finish();
      socket.end();
    },
    onText: (listener) => void textListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
  };
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly payload: Buffer;
  /** Bytes of the whole frame. */
  readonly size: number;
}

/** The first whole frame of a buffer, unmasked; null when there is not one yet. */
function decodeFrame(buffer: Buffer): Frame | null {
  if (buffer.length < 2) return null;
  const short = buffer[1]! & 0x7f;
  const isMasked = (buffer[1]! & 0x80) !== 0;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const start = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (buffer.length < start) return null;
  const length =
    lengthBytes === 8 ? Number(buffer.readBigUInt64BE(2)) : lengthBytes === 2 ? buffer.readUInt16BE(2) : short;
  if (buffer.length < start + length) return null;
  const payload = Buffer.from(buffer.subarray(start, start + length));
  if (isMasked) {
    const mask = buffer.subarray(start - 4, start);
    for (let at = 0; at < payload.length; at += 1) payload[at]! ^= mask[at % 4]!;
  }
  return { opcode: buffer[0]! & 0x0f, isLast: (buffer[0]! & 0x80) !== 0, payload, size: start + length };
}

function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  if (length < 126) header[1] = length;
  else if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}
