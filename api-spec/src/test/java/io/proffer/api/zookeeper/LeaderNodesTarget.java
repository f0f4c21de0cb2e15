package io.proffer.api.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.v1.MasterInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nodes of masters, the name on the first line and the data after it. Who writes below the path can
 * write anything: there is a master in it or there is none, and what is written of it again is the
 * same master.
 */
public final class LeaderNodesTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    var end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    var name = new String(input, 0, end, StandardCharsets.UTF_8);
    var data =
        ByteString.copyFrom(
            Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
    var sequence = LeaderNodes.sequence(name);
    FuzzTarget.check(
        LeaderNodes.first(List.of(name)).isPresent() == sequence.isPresent(), "first of one");
    sequence.ifPresent(
        number -> FuzzTarget.check(number >= 0 && number <= 9_999_999_999L, "number " + number));
    LeaderNodes.read(name, data).ifPresent(LeaderNodesTarget::hold);
  }

  private static void hold(MasterInfo info) {
    var authority = LeaderNodes.authority(info);
    FuzzTarget.check(!authority.isBlank(), "no address");
    if (!info.hasAddress()) {
      return; // Of an old master, which ours do not write.
    }
    var again =
        LeaderNodes.read(LeaderNodes.LABEL + "0000000001", LeaderNodes.write(info))
            .orElseThrow(() -> new AssertionError("what was written cannot be read: " + info));
    FuzzTarget.check(LeaderNodes.authority(again).equals(authority), "another address: " + again);
    FuzzTarget.check(again.getId().equals(info.getId()), "another master: " + again);
  }

  @Override
  public List<byte[]> seeds() {
    var json = LeaderNodes.LABEL + "0000000001\n";
    var seeds = new ArrayList<byte[]>();
    var info =
        MasterInfo.newBuilder()
            .setId("m")
            .setIp(0x0100007f)
            .setPort(5050)
            .setPid("master@127.0.0.1:5050");
    seeds.add(join("info_0000000002\n", info.build()));
    info.getAddressBuilder().setHostname("h").setIp("fd00::7").setPort(5050);
    seeds.add(join("info_0000000002\n", info.build()));
    seeds.add(join(json, LeaderNodes.write(info.build())));
    // No master has such a port; anybody may write it.
    seeds.add(join("info_0000000002\n", info.clone().setPort(-70).build()));
    seeds.addAll(
        FuzzTarget.texts(
            json + "{\"id\":\"m\",\"ip\":4294967295,\"port\":-1}",
            json + "{\"id\":\"m\",\"ip\":0,\"port\":0,\"address\":{\"port\":0}}",
            json + "{\"x\":" + "[".repeat(1100) + "]".repeat(1100) + "}",
            json + "null",
            "json.info_99999999999\n{}",
            "log_replicas\n",
            "_\n\0"));
    return seeds;
  }

  private static byte[] join(String name, MasterInfo info) {
    return join(name, info.toByteString());
  }

  private static byte[] join(String name, ByteString data) {
    return ByteString.copyFromUtf8(name).concat(data).toByteArray();
  }
}
