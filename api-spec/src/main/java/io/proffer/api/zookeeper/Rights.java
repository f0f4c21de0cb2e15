package io.proffer.api.zookeeper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what with the nodes that a client makes, itself or through Curator: with credentials
 * everybody may read and their maker do all, as in the reference; without everybody may do all.
 */
final class Rights implements ACLProvider {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.zookeeper");

  private final boolean locked;
  private final List<ACL> access;
  private final Set<String> told = new HashSet<>();

  Rights(ZooKeeperUrl url) {
    this.locked = url.credentials().isPresent();
    this.access = locked ? readableByAll() : ZooDefs.Ids.OPEN_ACL_UNSAFE;
  }

  private static List<ACL> readableByAll() {
    var access = new ArrayList<>(ZooDefs.Ids.READ_ACL_UNSAFE);
    access.addAll(ZooDefs.Ids.CREATOR_ALL_ACL);
    // Not List.copyOf: ZooKeeper's client asks whether null is in it.
    return Collections.unmodifiableList(access);
  }

  @Override
  public List<ACL> getDefaultAcl() {
    return access;
  }

  @Override
  public List<ACL> getAclForPath(String path) {
    return access;
  }

  /**
   * Warns, once, of a node that somebody else made and that lets everybody write, although this
   * client has credentials. Of the thread of the client.
   */
  void look(ZooKeeper zooKeeper, String path) {
    if (locked && told.add(path)) {
      zooKeeper.getACL(
          path, new Stat(), (code, asked, context, acl, stat) -> tell(code, path, acl), null);
    }
  }

  private static void tell(int code, String path, List<ACL> acl) {
    if (code == Code.OK.intValue() && acl.stream().anyMatch(Rights::isForStrangers)) {
      LOG.warn(
          "{} in ZooKeeper was made without a password, so everybody who reaches ZooKeeper may"
              + " write there, a false leader too. Make it yours: 'addauth digest USER:PASSWORD',"
              + " then 'setAcl {} world:anyone:r,auth::cdrwa' in ZooKeeper's own zkCli.sh",
          path,
          path);
    }
  }

  private static boolean isForStrangers(ACL entry) {
    return ZooDefs.Ids.ANYONE_ID_UNSAFE.equals(entry.getId())
        && (entry.getPerms() & ~ZooDefs.Perms.READ) != 0;
  }
}
