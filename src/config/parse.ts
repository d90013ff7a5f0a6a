/** Reads the configuration from environment variables. */
import { SETTINGS, type Config } from "./settings.ts";
import { withoutCredentials } from "./url.ts";

/** Environment variables by name. */
export type Environment = Record<string, string | undefined>;

/** An invalid configuration; the message has a line per bad setting. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the configuration from environment variables; unset and empty ones have their default.
 *
 * @throws ConfigError that names every bad setting, so that one restart fixes them all.
 */
export function parseConfig(env: Readonly<Environment>): Config {
  const problems: string[] = [];
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    const raw = env[name];
    if (raw === undefined || raw.trim() === "") return [name, setting.fallback];
    const parsed = setting.parse(raw);
    if (parsed.ok) return [name, parsed.value];
    problems.push(`  ${name}=${shown(name, raw)}: expected ${parsed.expected} (${setting.help})`);
    return [name, setting.fallback];
  });
  const config = Object.fromEntries(entries) as Config;
  const { CATALOGUE, FLIC_TOKEN, RESONANCE_ALGORITHM } = config;
  const isSocialverse = CATALOGUE === "socialverse" || (CATALOGUE === "" && FLIC_TOKEN !== "");
  if (isSocialverse && FLIC_TOKEN === "")
    problems.push("  CATALOGUE=socialverse needs FLIC_TOKEN and RESONANCE_ALGORITHM: set both");
  else if (isSocialverse && RESONANCE_ALGORITHM === "")
    problems.push(
      "  RESONANCE_ALGORITHM is not set: with a token alone, upstream returns only the token owner's own history",
    );
  if (problems.length > 0)
    throw new ConfigError(["invalid configuration:", ...problems].join("\n"));
  return config;
}

const SECRETS = ["FLIC_TOKEN", "RESONANCE_ALGORITHM"];

/** The settings that may be shown and stored: without secrets, also inside URLs. */
export function shownSettings(config: Config): Record<string, number | string> {
  const open = Object.entries(config).filter(([name]) => !SECRETS.includes(name));
  return Object.fromEntries(
    open.map(([name, it]) => [name, name === "API_BASE_URL" ? withoutCredentials(String(it)) : it]),
  );
}

/** A bad value for an error message: without secrets, also inside URLs. */
function shown(name: string, raw: string): string {
  return SECRETS.includes(name) ? "…" : JSON.stringify(withoutCredentials(raw));
}
