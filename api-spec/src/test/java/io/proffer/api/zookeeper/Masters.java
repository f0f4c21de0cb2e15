package io.proffer.api.zookeeper;

import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;

/** Masters as they introduce themselves. */
final class Masters {
  private static final int LOOPBACK = 16777343;

  private Masters() {}

  static MasterInfo at(int port) {
    return of("842104dc-9e6a-4fc8-ae38-e73aa6cd7a57", port, "1.11.0");
  }

  static MasterInfo of(String id, int port, String version) {
    var info =
        MasterInfo.newBuilder()
            .setId(id)
            .setIp(LOOPBACK)
            .setPort(port)
            .setPid("master@127.0.0.1:" + port)
            .setHostname("127.0.0.1")
            .setVersion(version)
            .setAddress(
                Address.newBuilder().setHostname("127.0.0.1").setIp("127.0.0.1").setPort(port));
    for (var type :
        new MasterInfo.Capability.Type[] {
          MasterInfo.Capability.Type.AGENT_UPDATE,
          MasterInfo.Capability.Type.AGENT_DRAINING,
          MasterInfo.Capability.Type.QUOTA_V2
        }) {
      info.addCapabilities(MasterInfo.Capability.newBuilder().setType(type));
    }
    return info.build();
  }
}
