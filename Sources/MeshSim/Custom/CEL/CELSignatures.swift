/// The functions of the language and of Kubernetes' libraries, with the types they take.
enum CELSignatures {
  struct Signature: Sendable {
    /// The receiver of a method comes first.
    let parameters: [CELType]
    let result: CELType
  }

  /// By name; methods have a dot before theirs.
  static let all: [String: [Signature]] = {
    var known: [String: [Signature]] = [:]
    for line in text.split(separator: "\n") {
      guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")") else { continue }
      var name = String(line[..<open])
      var parameters = split(line[line.index(after: open)..<close]).map(type)
      let result = type(line[line.index(close, offsetBy: 2)...])
      if let dot = name.firstIndex(of: "#") {
        parameters.insert(type(name[..<dot]), at: 0)
        name = "." + name[name.index(after: dot)...]
      }
      known[name, default: []].append(Signature(parameters: parameters, result: result))
    }
    return known
  }()

  private static func split(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case "<": depth += 1
      case ">": depth -= 1
      case "," where depth == 0:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    if start < text.endIndex { parts.append(text[start...]) }
    return parts
  }

  private static func type(_ text: Substring) -> CELType {
    if let open = text.firstIndex(of: "<"), text.hasSuffix(">") {
      let inner = split(text[text.index(after: open)...].dropLast()).map(type)
      switch (text[..<open], inner.count) {
      case ("list", 1): return .list(inner[0])
      case ("map", 2): return .map(inner[0], inner[1])
      case ("optional", 1): return .optional(inner[0])
      case ("type", 1): return .type(inner[0])
      default: return .dyn
      }
    }
    switch text {
    case "dyn": return .dyn
    case "null": return .null
    case "bool": return .bool
    case "int": return .int
    case "uint": return .uint
    case "double": return .double
    case "string": return .string
    case "bytes": return .bytes
    case "duration": return .duration
    case "timestamp": return .timestamp
    case "quantity": return .opaque("kubernetes.Quantity")
    case "url": return .opaque("kubernetes.URL")
    case "ip": return .opaque("net.IP")
    case "cidr": return .opaque("net.CIDR")
    case "semver": return .opaque("kubernetes.Semver")
    case "format": return .opaque("kubernetes.NamedFormat")
    default: return .parameter(String(text))
    }
  }

  private static let ordered = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"]
  private static let numbers = ["int", "uint", "double"]

  private static let text: String = {
    var lines: [String] = []
    for name in ["<", "<=", ">", ">="] {
      for type in ordered { lines.append("_\(name)_(\(type),\(type)) bool") }
      for left in numbers {
        for right in numbers where left != right { lines.append("_\(name)_(\(left),\(right)) bool") }
      }
    }
    for name in ["+", "-", "*", "/"] {
      for type in numbers { lines.append("_\(name)_(\(type),\(type)) \(type)") }
    }
    for from in ["int", "uint", "double", "string"] {
      for to in ["int", "uint", "double", "string"] { lines.append("\(to)(\(from)) \(to)") }
    }
    for unit in [
      "FullYear", "Month", "DayOfYear", "DayOfMonth", "Date", "DayOfWeek", "Hours", "Minutes", "Seconds",
      "Milliseconds",
    ] {
      lines.append("timestamp#get\(unit)() int")
      lines.append("timestamp#get\(unit)(string) int")
    }
    for unit in ["Hours", "Minutes", "Seconds", "Milliseconds"] { lines.append("duration#get\(unit)() int") }
    for type in ["int", "uint", "double", "duration", "timestamp", "bool", "string", "bytes"] {
      lines.append("list<\(type)>#isSorted() bool")
      lines.append("list<\(type)>#min() \(type)")
      lines.append("list<\(type)>#max() \(type)")
    }
    for type in numbers + ["duration"] { lines.append("list<\(type)>#sum() \(type)") }
    for name in ["isGreaterThan", "isLessThan"] {
      lines.append("quantity#\(name)(quantity) bool")
      lines.append("semver#\(name)(semver) bool")
    }
    return lines.joined(separator: "\n") + "\n" + fixed
  }()

  private static let fixed = """
    _==_(A,A) bool
    _!=_(A,A) bool
    @in(A,list<A>) bool
    @in(A,map<A,B>) bool
    !_(bool) bool
    -_(int) int
    -_(double) double
    _%_(int,int) int
    _%_(uint,uint) uint
    _+_(string,string) string
    _+_(bytes,bytes) bytes
    _+_(list<A>,list<A>) list<A>
    _+_(duration,duration) duration
    _+_(timestamp,duration) timestamp
    _+_(duration,timestamp) timestamp
    _-_(duration,duration) duration
    _-_(timestamp,duration) timestamp
    _-_(timestamp,timestamp) duration
    size(string) int
    size(bytes) int
    size(list<A>) int
    size(map<A,B>) int
    string#size() int
    bytes#size() int
    list<A>#size() int
    map<A,B>#size() int
    dyn(A) dyn
    type(A) type<A>
    bool(bool) bool
    bool(string) bool
    string(bool) string
    string(bytes) string
    string(timestamp) string
    string(duration) string
    string(ip) string
    string(cidr) string
    bytes(bytes) bytes
    bytes(string) bytes
    int(timestamp) int
    duration(string) duration
    duration(duration) duration
    timestamp(string) timestamp
    timestamp(int) timestamp
    timestamp(timestamp) timestamp
    matches(string,string) bool
    string#matches(string) bool
    string#startsWith(string) bool
    string#endsWith(string) bool
    string#contains(string) bool
    string#charAt(int) string
    string#indexOf(string) int
    string#indexOf(string,int) int
    string#lastIndexOf(string) int
    string#lastIndexOf(string,int) int
    string#lowerAscii() string
    string#upperAscii() string
    string#replace(string,string) string
    string#replace(string,string,int) string
    string#split(string) list<string>
    string#split(string,int) list<string>
    string#substring(int) string
    string#substring(int,int) string
    string#trim() string
    string#format(list<dyn>) string
    strings.quote(string) string
    string#reverse() string
    list<string>#join() string
    list<string>#join(string) string
    list<A>#indexOf(A) int
    list<A>#lastIndexOf(A) int
    list<A>#slice(int,int) list<A>
    list<A>#flatten() list<dyn>
    list<A>#flatten(int) list<dyn>
    list<A>#distinct() list<A>
    list<A>#reverse() list<A>
    list<A>#sort() list<A>
    list<A>#@sortByAssociatedKeys(list<B>) list<A>
    list<A>#first() optional<A>
    list<A>#last() optional<A>
    lists.range(int) list<int>
    sets.contains(list<A>,list<A>) bool
    sets.equivalent(list<A>,list<A>) bool
    sets.intersects(list<A>,list<A>) bool
    string#find(string) string
    string#findAll(string) list<string>
    string#findAll(string,int) list<string>
    url(string) url
    isURL(string) bool
    url#getScheme() string
    url#getHost() string
    url#getHostname() string
    url#getPort() string
    url#getEscapedPath() string
    url#getQuery() map<string,list<string>>
    quantity(string) quantity
    isQuantity(string) bool
    quantity#sign() int
    quantity#isInteger() bool
    quantity#asInteger() int
    quantity#asApproximateFloat() double
    quantity#add(quantity) quantity
    quantity#add(int) quantity
    quantity#sub(quantity) quantity
    quantity#sub(int) quantity
    quantity#compareTo(quantity) int
    ip(string) ip
    isIP(string) bool
    ip.isCanonical(string) bool
    ip#family() int
    ip#isUnspecified() bool
    ip#isLoopback() bool
    ip#isLinkLocalMulticast() bool
    ip#isLinkLocalUnicast() bool
    ip#isGlobalUnicast() bool
    cidr(string) cidr
    isCIDR(string) bool
    cidr#containsIP(string) bool
    cidr#containsIP(ip) bool
    cidr#containsCIDR(string) bool
    cidr#containsCIDR(cidr) bool
    cidr#ip() ip
    cidr#masked() cidr
    cidr#prefixLength() int
    semver(string) semver
    semver(string,bool) semver
    isSemver(string) bool
    isSemver(string,bool) bool
    semver#major() int
    semver#minor() int
    semver#patch() int
    semver#compareTo(semver) int
    format.named(string) optional<format>
    format#validate(string) optional<list<string>>
    format.dns1123Label() format
    format.dns1123Subdomain() format
    format.dns1035Label() format
    format.qualifiedName() format
    format.dns1123LabelPrefix() format
    format.dns1123SubdomainPrefix() format
    format.dns1035LabelPrefix() format
    format.labelValue() format
    format.uri() format
    format.uuid() format
    format.byte() format
    format.date() format
    format.datetime() format
    optional.of(A) optional<A>
    optional.ofNonZeroValue(A) optional<A>
    optional.none() optional<A>
    optional<A>#hasValue() bool
    optional<A>#value() A
    optional<A>#or(optional<A>) optional<A>
    optional<A>#orValue(A) A
    """
}
