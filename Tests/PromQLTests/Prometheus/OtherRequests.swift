/// Requests in which the parameters matter more than the query.
enum OtherRequests {
  private static let ranges: [[(name: String, value: String)]] = [
    [], [("query", "up")], [("query", "up"), ("start", "1"), ("end", "0"), ("step", "1")],
    [("query", "up"), ("start", "0"), ("end", "1"), ("step", "0")],
    [("query", "up"), ("start", "0"), ("end", "1"), ("step", "-1s")],
    [("query", "up"), ("start", "0"), ("end", "1"), ("step", "x")],
    [("query", "up"), ("start", "0"), ("end", "1")],
    [("query", "up"), ("start", "x"), ("end", "1"), ("step", "1")],
    [("query", "up"), ("start", "0"), ("end", "11000"), ("step", "1")],
    [("query", "up"), ("start", "0"), ("end", "11001"), ("step", "1")],
    [("query", "vector(1)"), ("start", "0"), ("end", "11000"), ("step", "1")],
    [("query", "sum("), ("start", "0"), ("end", "1"), ("step", "1")],
    [("query", "up"), ("start", "0"), ("end", "1"), ("step", "1"), ("timeout", "x")],
    [
      ("query", "up"), ("start", "2023-11-14T22:50:00Z"), ("end", "2023-11-14T22:51:00.5+00:00"),
      ("step", "15s"),
    ],
    [("query", "time()"), ("start", "1.0005"), ("end", "2.0015"), ("step", "0.5")],
    [("query", "time()"), ("start", "-5"), ("end", "-2.5"), ("step", "1m")],
    [("query", "up"), ("start", "0"), ("end", "1"), ("step", "1e99")],
  ]

  private static let instants: [[(name: String, value: String)]] = [
    [("query", "up"), ("time", "x")], [("query", "up"), ("time", "2023-11-14T22:50:00Z")],
    [("query", "up"), ("time", "1700003000"), ("timeout", "5s")], [("time", "1700003000")],
    [("query", "up"), ("time", "1700003000"), ("timeout", "5")], [("query", "time()"), ("time", "-1.5")],
    [("query", "up"), ("time", "1700003000"), ("timeout", "x")], [("query", "time()"), ("time", "1.0004")],
  ]

  private static let selections: [[(name: String, value: String)]] = [
    [("match[]", "up")], [("match[]", "up"), ("match[]", "{room=~\"r.\"}")], [("match[]", "{}")],
    [("match[]", "sum(")],
    [("match[]", "nothing")], [("match[]", "up"), ("start", "x")],
    [("match[]", "up"), ("start", "1700000000"), ("end", "1700003000")],
    [("match[]", "{kind=\"ended\"}")], [("match[]", "{source_app=~\"ü.*\"}")], [("match[]", "odd_bucket")],
    [("match[]", "")], [("match[]", "up + up")], [("match[]", "up[5m]")], [("match[]", "{")],
    [("match[]", "1")],
    [("match[]", "up offset 5m")], [("match[]", "sum")], [("match[]", "up{job=~\"(\"}")],
    [("match[]", "{room=~\".*\"}")],
    [("match[]", "on")], [("match[]", "up)")],
  ]

  static let all =
    ranges.map { Question(path: "/api/v1/query_range", $0) }
    + instants.map { Question(path: "/api/v1/query", $0) }
    + (selections + [[]]).flatMap { form in
      ["/api/v1/series", "/api/v1/labels", "/api/v1/label/__name__/values", "/api/v1/label/room/values"]
        .map { Question(path: $0, form) }
    }
    + [
      Question(path: "/api/v1/label/a-b/values", []), Question(path: "/api/v1/label/missing/values", []),
      Question(path: "/api/v1/metadata", []), Question(path: "/api/v1/metadata", [("limit", "x")]),
    ]
}
