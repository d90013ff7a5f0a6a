/**
 * Reader of the binary backups of `gorse-cli dump`: three streams of protocol buffers, users, items and
 * feedback. Each message follows its length, a stream its negative number; 0 ends the file.
 */
import { PbfReader } from "pbf";
import type { RowName } from "../rows/row.ts";
import { FileError, type RawRow } from "./contract.ts";

/** The number of the stream of users, with which every backup begins. */
export const GORSE_DUMP_BEGINS = Buffer.alloc(8, 0xff);

type Fields = Record<string, unknown>;
type ReadField = (tag: number, fields: Fields, pbf: PbfReader) => void;

/** Streams by the kind of row they become: their number, and how a field is read, under its name in Gorse. */
const STREAMS: Readonly<Record<RowName, { readonly number: number; readonly read: ReadField }>> = {
  users: {
    number: -1,
    read: (tag, fields, pbf) => {
      if (tag === 1) fields["UserId"] = pbf.readString();
      else if (tag === 2) fields["Labels"] = labelsIn(pbf);
    },
  },
  posts: {
    number: -2,
    read: (tag, fields, pbf) => {
      if (tag === 2) fields["ItemId"] = pbf.readString();
      else if (tag === 3) fields["IsHidden"] = pbf.readBoolean();
      else if (tag === 4)
        fields["Categories"] = [...((fields["Categories"] as string[]) ?? []), pbf.readString()];
      else if (tag === 5) fields["Timestamp"] = timeIn(pbf);
      else if (tag === 6) fields["Labels"] = labelsIn(pbf);
      else if (tag === 7) fields["Comment"] = pbf.readString();
    },
  },
  events: {
    number: -3,
    read: (tag, fields, pbf) => {
      if (tag === 2) fields["FeedbackType"] = pbf.readString();
      else if (tag === 3) fields["UserId"] = pbf.readString();
      else if (tag === 4) fields["ItemId"] = pbf.readString();
      else if (tag === 5) fields["Timestamp"] = timeIn(pbf);
    },
  },
};

/** Largest message, bytes. */
const MESSAGE_MAX_BYTES = 16_777_216;

/**
 * The rows of `kind` in a backup, numbered as all its messages are, from 1.
 *
 * @throws FileError if it ends early, or is none.
 */
export async function* gorseDumpRows(
  path: string,
  bytes: AsyncIterable<Buffer>,
  kind: RowName,
): AsyncGenerator<RawRow[]> {
  const { number, read } = STREAMS[kind];
  let [stream, row] = [0, 0];
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    const rows: RawRow[] = [];
    let at = 0;
    while (rest.length - at >= 8) {
      const length = Number(rest.readBigInt64LE(at));
      if (length > MESSAGE_MAX_BYTES)
        throw new FileError(
          `${path} is no backup of Gorse: message ${row + 1} has ${length} bytes`,
        );
      if (length > rest.length - at - 8) break;
      at += 8;
      if (length <= 0) stream = length;
      if (length === 0) return yield rows;
      if (length < 0) continue;
      row++;
      if (stream === number) rows.push(messageIn(row, rest.subarray(at, at + length), read));
      at += length;
    }
    rest = rest.subarray(at);
    if (rows.length > 0) yield rows;
  }
  throw new FileError(`${path} ends within its message ${row + 1}: copy it again`);
}

function messageIn(row: number, message: Buffer, read: ReadField): RawRow {
  try {
    return { row, fields: new PbfReader(message).readFields<Fields>(read, {}) };
  } catch (cause) {
    return { row, fault: `expected a message of Gorse: ${(cause as Error).message}` };
  }
}

function labelsIn(pbf: PbfReader): string {
  return Buffer.from(pbf.readBytes()).toString();
}

function timeIn(pbf: PbfReader): string {
  const readPart: ReadField = (tag, time, own) => {
    time[tag] = own.readVarint(true);
  };
  const { 1: seconds = 0, 2: nanos = 0 } = pbf.readMessage(readPart, {}) as Record<number, number>;
  return new Date(seconds * 1_000 + nanos / 1e6).toISOString();
}
