// An amount in capitals by the bank rule, as the law package writes it; shown while one types, never stored from here.
const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["仟", "佰", "拾", ""];
const WAN = 10000n;
const YI = 100000000n;

function section(number) {
  let text = "";
  [...String(number).padStart(4, "0")].forEach((digit, place) => {
    if (digit !== "0") text += DIGITS[digit] + PLACES[place];
    else if (text && !text.endsWith("零")) text += "零";
  });
  return text.replace(/零$/, "");
}

function joined(number, size, unit) {
  const high = number / size;
  const low = number % size;
  const text = whole(high) + unit;
  if (!low) return text;
  const hasGap = low < size / 10n || high % 10n === 0n;
  return text + (hasGap ? "零" : "") + whole(low);
}

function whole(number) {
  if (number >= YI) return joined(number, YI, "亿");
  if (number >= WAN) return joined(number, WAN, "万");
  return section(number) || "零";
}

export function capitals(fen) {
  const yuan = fen / 100n;
  const jiao = Number((fen % 100n) / 10n);
  const last = Number(fen % 10n);
  const front = yuan || !(jiao || last) ? whole(yuan) + "元" : "";
  if (!jiao && !last) return front + "整";
  if (jiao) return front + DIGITS[jiao] + "角" + (last ? DIGITS[last] + "分" : "");
  return front + (yuan ? "零" : "") + DIGITS[last] + "分";
}

// The fen of typed yuan, or null where the server would refuse it as well.
export function readFen(typed) {
  const match = /^(0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(typed.trim());
  if (!match) return null;
  const yuan = match[1].replace(/,/g, "");
  if (yuan.length > 13) return null;
  return BigInt(yuan) * 100n + BigInt((match[2] || "").padEnd(2, "0"));
}

export function withThousands(fen) {
  const yuan = String(fen / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${yuan}.${String(fen % 100n).padStart(2, "0")}`;
}
