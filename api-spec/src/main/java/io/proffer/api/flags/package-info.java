/**
 * Flags: how every binary reads its configuration. May touch the JDK and picocli.
 *
 * <p>A config class is an ordinary final class; each field is one flag under the reference's name:
 *
 * <pre>{@code
 * public final class MasterConfig {
 *   @Option(names = "--ip", paramLabel = "ADDRESS", description = "Address to bind.")
 *   private String ip = "127.0.0.1";
 *
 *   @Option(names = {"--agent_ping_timeout", "--slave_ping_timeout"}, defaultValue = "15secs",
 *       description = "Wait for a pong.")
 *   private Duration agentPingTimeout;
 *
 *   @Option(names = "--hostname_lookup", defaultValue = "true", description = "Resolve the name.")
 *   private boolean hostnameLookup;      // also --no-hostname_lookup
 *
 *   public String ip() { return ip; }    // accessors without get
 * }
 * }</pre>
 *
 * <p>Field types: String, numbers, boolean, enums, Path, {@code java.time.Duration}, {@link
 * io.proffer.api.flags.Bytes}, and Optional of these for "unset has a meaning". A command takes its
 * config by {@code @Mixin}; {@link io.proffer.api.flags.Flags#service} makes the command line that
 * knows the environment, the properties file and the reference's flags that mean nothing here;
 * {@link io.proffer.api.flags.Flags#fill} fills a config class without any of that, for assemblies
 * in one process and for tests. The test of {@code docs/flags.md} lists each flag and its default.
 *
 * <p>Numbers and durations are not negative; {@link io.proffer.api.flags.Expecting} has converters
 * for ports and for what must not be zero. What only its user can judge (resources, addresses) is
 * refused with {@link io.proffer.api.flags.WrongFlagException}: told like a value that could not be
 * read, exit code 2. Exit code 1 is for what the host or the network refused.
 *
 * <p>The decision that shaped it: all sources become plain {@code --name=value} arguments before
 * picocli sees them, so there is one parser, one kind of error and one precedence.
 */
package io.proffer.api.flags;
