extension TopologyGraph.Node.Kind {
  /// The outline of the icon in a square of 16 pixels.
  var iconPath: String {
    switch self {
    case .outside: "M8 8.2a3.1 3.1 0 1 0 0-6.2a3.1 3.1 0 0 0 0 6.2zM2 14.5c.4-3.2 2.8-4.6 6-4.6s5.6 1.4 6 4.6"
    case .workload: "M8 1.5l5.7 3.25v6.5L8 14.5l-5.7-3.25v-6.5zM2.3 4.75L8 8l5.7-3.25M8 8v6.5"
    case .gateway: "M2 14.5v-12h12v12M5.5 8.5h5M8.2 6l2.5 2.5l-2.5 2.5"
    case .database:
      "M2.5 3.7c0-1.2 2.5-2.2 5.5-2.2s5.5 1 5.5 2.2s-2.5 2.2-5.5 2.2s-5.5-1-5.5-2.2z"
        + "M2.5 3.7v8.6c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2v-8.6M2.5 8c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2"
    case .cache: "M9.2 1.5l-6 8h4.3l-.9 5l6.2-8.2h-4.4z"
    case .job: "M8 14.5a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13zM8 4.2v4l2.7 1.7"
    case .external: "M4.6 12.8a3.1 3.1 0 0 1-.3-6.2a4 4 0 0 1 7.7 1a2.65 2.65 0 0 1-.4 5.2z"
    }
  }

  /// What the legend and titles call it.
  var meaning: String {
    switch self {
    case .outside: "outside"
    case .workload: "workload"
    case .gateway: "gateway"
    case .database: "database"
    case .cache: "cache"
    case .job: "job"
    case .external: "external service"
    }
  }
}
