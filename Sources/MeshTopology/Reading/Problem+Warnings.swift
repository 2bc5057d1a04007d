extension Problem.Code {
  /// Users are shown a certificate that nobody they trust has signed.
  public static let selfSigned = Problem.Code("self-signed-certificate")
  /// The internet may send requests without TLS.
  public static let plainHTTP = Problem.Code("plain-http")
  /// Callers need no certificate, so that rules about who may call are not enforced.
  public static let unenforcedAuthorization = Problem.Code("unenforced-authorization")
  /// Alerts reach nobody.
  public static let unheardAlerts = Problem.Code("unheard-alerts")
  /// The whole internet reaches an API server.
  public static let openAPIServer = Problem.Code("open-api-server")
}
