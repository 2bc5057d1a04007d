extension WrongDataTopology {
  static let recovery: [WrongDataTopology] = [
    WrongDataTopology(
      "no region that stands by",
      """
          - name: osaka
            role: recovery

      """,
      "",
      Wanted(
        at: "10:5",
        "recovery objectives, but no region has the role recovery",
        in: "Topology/shop spec.recovery",
        remedy: "give a region role: recovery, or remove recovery"),
      Wanted(
        at: "17:16",
        "there is no region \"osaka\"",
        in: "Topology/shop spec.recovery.traffic.addresses.osaka",
        remedy: "the Topology declares tokyo"),
      Wanted(
        at: "34:11",
        "there is no region \"osaka\"",
        in: "Cluster/standby spec.region",
        remedy: "the Topology declares tokyo")),
    WrongDataTopology(
      "no cluster that stands by",
      "  region: osaka\n",
      "  region: tokyo\n",
      Wanted(
        at: "12:5",
        "no cluster runs in osaka, so nothing could take over",
        in: "Topology/shop spec.recovery",
        remedy: "declare a Cluster with region: osaka")),
    WrongDataTopology(
      "resolvers that remember for too long",
      "ttl: 60s",
      "ttl: 20m",
      Wanted(
        at: "16:12",
        "resolvers remember the address for 20m, and users may be without the system for 15m",
        in: "Topology/shop spec.recovery.traffic.ttl",
        remedy: "write ttl: 1m")),
    WrongDataTopology(
      "resolvers that remember as long as a short outage may last",
      "rto: 15m",
      "rto: 60s",
      Wanted(
        at: "16:12",
        "resolvers remember the address for 1m, and users may be without the system for 1m",
        in: "Topology/shop spec.recovery.traffic.ttl",
        remedy: "write ttl: 12s")),
    WrongDataTopology(
      "an outage shorter than any resolver remembers",
      "rto: 15m",
      "rto: 2s",
      Wanted(
        at: "16:12",
        "resolvers remember the address for 1m, and users may be without the system for 2s",
        in: "Topology/shop spec.recovery.traffic.ttl",
        remedy: "raise rto: no failover by the DNS is faster than its resolvers forget")),
    WrongDataTopology(
      "an archive where nothing may be lost",
      "rpo: 5m",
      "rpo: 0s",
      Wanted(
        at: "86:5",
        "up to 1m of writes to the database orders in namespace production would be lost with the "
          + "primary region, 0s are allowed",
        in: "Database/orders spec.backup",
        remedy: "raise rpo to 1s or more: an archive is always behind")),
    WrongDataTopology(
      "an address of an unknown region",
      "      osaka: 203.0.113.20\n",
      "      osaca: 203.0.113.20\n",
      Wanted(
        at: "15:7",
        "shop.example.com could not be turned to osaka: no address leads there",
        in: "Topology/shop spec.recovery.traffic",
        remedy: "reserve an address and add addresses: {osaka: 203.0.113.10}"),
      Wanted(
        at: "19:16",
        "there is no region \"osaca\"",
        in: "Topology/shop spec.recovery.traffic.addresses.osaca",
        remedy: "did you mean osaka?")),
    WrongDataTopology(
      "an address that is none",
      "203.0.113.20",
      "RESERVED_IP",
      Wanted(
        at: "19:16",
        "\"RESERVED_IP\" is not an IPv4 address",
        in: "Topology/shop spec.recovery.traffic.addresses.osaka",
        remedy: "write the reserved address itself, such as 203.0.113.10")),
    WrongDataTopology(
      "a witness in the region that it witnesses",
      "kind: git",
      "kind: lease\n      cluster: main",
      Wanted(
        at: "22:16",
        "the witness main is in tokyo, whose loss it has to witness",
        in: "Topology/shop spec.recovery.witness.cluster",
        remedy: "name a cluster of a third region, or write kind: git")),
    WrongDataTopology(
      "a witness that would have to take over",
      "kind: git",
      "kind: lease\n      cluster: standby",
      Wanted(
        at: "22:16",
        "the witness standby is in osaka, which alone could take over",
        in: "Topology/shop spec.recovery.witness.cluster",
        remedy: "name a cluster of a third region, or write kind: git")),
    WrongDataTopology(
      "a Lease nowhere",
      "kind: git",
      "kind: lease",
      Wanted(
        at: "20:5",
        "a Lease without a cluster",
        in: "Topology/shop spec.recovery.witness",
        remedy: "add cluster: with the name of a third cluster")),
    WrongDataTopology(
      "a witness in Git with a cluster",
      "kind: git",
      "kind: git\n      cluster: main",
      Wanted(
        at: "22:16",
        "cluster of a witness in Git",
        in: "Topology/shop spec.recovery.witness.cluster",
        remedy: "remove it, or write kind: lease")),
    WrongDataTopology(
      "drills at no time",
      "drills: 0 3 1 * *",
      "drills: monthly",
      Wanted(
        at: "22:13",
        "\"monthly\" has 1 field; a schedule has 5",
        in: "Topology/shop spec.recovery.drills",
        remedy: "write minute, hour, day of the month, month and day of the week, such as 0 2 * * "
          + "*, or @daily")),
    WrongDataTopology(
      "a database that is archived too late",
      "archiveTimeout: 1m",
      "archiveTimeout: 10m",
      Wanted(
        at: "86:5",
        "up to 10m of writes to the database orders in namespace production would be lost with the "
          + "primary region, 5m are allowed",
        in: "Database/orders spec.backup",
        remedy: "lower archiveTimeout to 5m or less")),
    WrongDataTopology(
      "a database that only the daily backup covers",
      """
        backup:
          destination: gs://shop-database/
          googleServiceAccount: db@shop.iam.gserviceaccount.com
          archiveTimeout: 1m
        replication:
          kind: archive

      """,
      "",
      Wanted(
        at: "75:9",
        "up to 24h of writes to the database orders in namespace production would be lost with the "
          + "primary region, 5m are allowed",
        in: "Database/orders metadata.name",
        remedy: "add backup: with a destination, whose archiveTimeout is 1m by default")),
    WrongDataTopology(
      "a volume that only the daily backup covers",
      """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Backup
      """,
      """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Workload
      metadata:
        name: search
        namespace: production
      spec:
        image: search:1.0.0
        controller: statefulSet
        volumes:
          - name: index
            path: /index
            kind: persistent
            size: 10Gi
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Backup
      """,
      Wanted(
        at: "101:7",
        "up to 24h of writes to the volume index of search in namespace production would be lost "
          + "with the primary region, 5m are allowed",
        in: "Workload/search spec.volumes[0]",
        remedy: "write durability: rebuildable if it can be made anew, save the namespace more "
          + "often, or keep the data in a Database")),
    WrongDataTopology(
      "a volume that nothing covers",
      """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Backup
      """,
      """
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Workload
      metadata:
        name: search
        namespace: velero
      spec:
        image: search:1.0.0
        controller: statefulSet
        volumes:
          - name: index
            path: /index
            kind: persistent
            size: 10Gi
      ---
      apiVersion: meshctl.dev/v1alpha1
      kind: Backup
      """,
      Wanted(
        at: "101:7",
        "all writes to the volume index of search in namespace velero would be lost with the "
          + "primary region, 5m are allowed",
        in: "Workload/search spec.volumes[0]",
        remedy: "write durability: rebuildable if it can be made anew, save the namespace more "
          + "often, or keep the data in a Database")),
  ]
}
