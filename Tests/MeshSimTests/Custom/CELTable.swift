/// Expressions with their values, over the object of `CELTests`.
enum CELTable {
  struct Row: Sendable, CustomStringConvertible {
    let source: String
    let value: String
    var description: String { source }
  }

  private static func rows(_ text: String) -> [Row] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " => ", maxSplits: 1)
      return parts.count == 2 ? Row(source: String(parts[0]), value: String(parts[1])) : nil
    }
  }

  static let rows = rows(
    #"""
    1 + 2 => 3
    7 / 2 => 3
    -7 % 3 => -1
    2 * 3 + 4 => 10
    2 + 3 * 4 => 14
    (2 + 3) * 4 => 20
    10 - 3 - 2 => 5
    1.5 + 2.5 => 4.0
    1u + 2u => 3u
    -9223372036854775808 => -9223372036854775808
    9223372036854775807 + 1 => error: integer overflow
    1 / 0 => error: division by zero
    1 % 0 => error: modulus by zero
    0u - 1u => error: unsigned integer overflow
    1.0 / 0.0 > 1.0 => true
    0xFF => 255
    1e3 => 1000.0
    "a" + 'b' => "ab"
    r"\d" => "\d"
    "\u00e9" => "é"
    "\x41\101" => "AA"
    '''x''' => "x"
    b"ab" => b[97, 98]
    [1] + [2] => [1, 2]
    true && false => false
    true || false => true
    !true => false
    !!true => true
    false && (1 / 0 > 0) => false
    (1 / 0 > 0) && false => false
    true || (1 / 0 > 0) => true
    (1 / 0 > 0) || true => true
    (1 / 0 > 0) || false => error: division by zero
    1 < 2 ? "y" : "n" => "y"
    1 < 2.5 => true
    1u < 2 => true
    2.5 >= 2u => true
    "a" < "b" => true
    false < true => true
    b"a" < b"b" => true
    1 == 1 => true
    "a" != "b" => true
    [1, 2] == [1, 2] => true
    {"a": 1} == {"a": 1} => true
    dyn(1) == dyn(1.0) => true
    dyn(1) == dyn("1") => false
    2 in [1, 2] => true
    3 in [1, 2] => false
    "a" in {"a": 1} => true
    "a" in self.m => true
    self.n => 3
    self.s => "abc"
    self.b => true
    self.l[1] => 2
    self.l[5] => error: index out of bounds: 5
    self.m["a"] => 1
    self.m.b => 2
    self.m["c"] => error: no such key: c
    self.absent => error: no such key: absent
    has(self.absent) => false
    has(self.n) => true
    has(self.m.a) => true
    has(self.m.z) => false
    has(self.o) && self.o.x > 1 => false
    self.__namespace__ => "ns"
    self.a__dash__b => 7
    self.d => 1.0
    self.nothing == "x" => false
    self.port == "http" => true
    type(self.port) == string => true
    type(self.port) == int ? self.port > 0 : self.port.size() > 0 => true
    self.port > 3 => error: no such overload
    self.t.getFullYear() => 2026
    self.t.getMonth() => 0
    self.t.getDate() => 2
    self.t.getDayOfMonth() => 1
    self.t.getDayOfWeek() => 5
    self.t.getDayOfYear() => 1
    self.t.getHours() => 3
    self.t.getHours("+02:00") => 5
    self.t.getMinutes() => 4
    self.t.getSeconds() => 5
    self.t.getMilliseconds() => 0
    self.t > timestamp("2026-01-01T00:00:00Z") => true
    self.t + duration("1h") => 2026-01-02T04:04:05Z
    self.t - timestamp("2026-01-02T03:04:00Z") => 5s
    self.dur.getMinutes() => 90
    self.dur.getHours() => 1
    self.dur == duration("90m") => true
    duration("1h") + duration("1m") => 3660s
    duration("1.5s") < duration("2s") => true
    duration("-10ms").getMilliseconds() => -10
    timestamp(0) => 1970-01-01T00:00:00Z
    int(timestamp("1970-01-01T00:01:00Z")) => 60
    string(timestamp("2026-01-02T03:04:05.5Z")) => "2026-01-02T03:04:05.5Z"
    string(duration("90s")) => "90s"
    size("héé") => 3
    "abc".size() => 3
    size([1, 2]) => 2
    size({"a": 1}) => 1
    size(self.l) => 3
    "abc".startsWith("ab") => true
    "abc".endsWith("bc") => true
    "abc".contains("b") => true
    "abc".contains("") => true
    "abc".matches("^[a-c]+$") => true
    "xabcx".matches("abc") => true
    "abc".matches("^b") => false
    "abc".charAt(1) => "b"
    "abc".charAt(3) => ""
    "hello".indexOf("l") => 2
    "hello".indexOf("l", 3) => 3
    "hello".indexOf("z") => -1
    "hello".lastIndexOf("l") => 3
    "HeLLo".lowerAscii() => "hello"
    "HeLLo".upperAscii() => "HELLO"
    "a b a".replace("a", "c") => "c b c"
    "a b a".replace("a", "c", 1) => "c b a"
    "a,b,c".split(",") => ["a", "b", "c"]
    "a,b,c".split(",", 2) => ["a", "b,c"]
    "abc".split("") => ["a", "b", "c"]
    "hello".substring(1) => "ello"
    "hello".substring(1, 3) => "el"
    "hello".substring(1, 9) => error: index out of range: 9
    "  x\t".trim() => "x"
    ["a", "b"].join() => "ab"
    ["a", "b"].join("-") => "a-b"
    "%d of %s".format([dyn(1), dyn("x")]) => "1 of x"
    "%b %x %X %o".format([5, 255, 255, 8]) => "101 ff FF 10"
    "%.2f".format([1.255]) => "1.26"
    "%s %s".format([dyn([1, 2]), dyn({"a": 1})]) => "[1, 2] {a: 1}"
    "%e".format([1234.5]) => "1.234500e+03"
    "a1b22".find("[0-9]+") => "1"
    "a1b22".findAll("[0-9]+") => ["1", "22"]
    "a1b22".findAll("[0-9]", 1) => ["1"]
    self.l.all(x, x > 0) => true
    self.l.all(x, x > 1) => false
    self.l.exists(x, x == 2) => true
    self.l.exists_one(x, x > 1) => false
    self.l.map(x, x * 2) => [2, 4, 6]
    self.l.map(x, x > 1, x * 2) => [4, 6]
    self.l.filter(x, x != 2) => [1, 3]
    self.l.all(i, v, i < v) => true
    self.m.all(k, self.m[k] > 0) => true
    self.m.exists(k, v, v == 2) => true
    self.m.map(k, k) => ["a", "b"]
    self.l.transformList(i, v, i * v) => [0, 2, 6]
    self.m.transformMap(k, v, v + 1) => {"a": 2, "b": 3}
    [1, 2].all(x, [3, 4].all(y, x < y)) => true
    [0, 1].exists(x, 1 / x == 1) => true
    [0, 2].all(x, 1 / x == 1) => false
    self.items.filter(i, i.id == "q")[0].v => 2
    self.items == [] => false
    self.items.map(i, i.v).sum() => 3
    self.set == ["v", "u"] => true
    self.set + ["u", "w"] => ["u", "v", "w"]
    [1, 2, 3].isSorted() => true
    [3, 1].isSorted() => false
    [1, 2, 3].sum() => 6
    [1.5, 2.5].sum() => 4.0
    [3, 1, 2].min() => 1
    [3, 1, 2].max() => 3
    ["a", "b", "a"].indexOf("a") => 0
    ["a", "b", "a"].lastIndexOf("a") => 2
    [1, 2, 3].slice(1, 3) => [2, 3]
    [3, 1, 2].sort() => [1, 2, 3]
    [1, 2, 1].distinct() => [1, 2]
    [1, 2].reverse() => [2, 1]
    [[1], [2, 3]].flatten() => [1, 2, 3]
    [{"a": 2}, {"a": 1}].sortBy(x, x.a)[0].a => 1
    lists.range(3) => [0, 1, 2]
    sets.contains([1, 2], [1]) => true
    sets.equivalent([1, 2], [2, 1, 1]) => true
    sets.intersects([1], [2]) => false
    int("42") => 42
    int("x") => error: strconv.ParseInt: parsing "x": invalid syntax
    int(3.9) => 3
    uint(3) => 3u
    uint(-1) => error: unsigned integer overflow
    double("1.5") => 1.5
    double(2) => 2.0
    string(1) => "1"
    string(1.5) => "1.5"
    string(true) => "true"
    bool("true") => true
    bytes("ab") => b[97, 98]
    string(b"ab") => "ab"
    type(1) == int => true
    type("a") => type(string)
    type([]) == list => true
    quantity("1Gi").isGreaterThan(quantity("1G")) => true
    quantity("500m").compareTo(quantity("0.5")) => 0
    quantity("1").add(quantity("500m")).asApproximateFloat() => 1.5
    quantity("2").sub(1).asInteger() => 1
    quantity("1.5").isInteger() => false
    quantity("-1").sign() => -1
    isQuantity("1Gi") => true
    isQuantity("1Zi") => false
    isQuantity(self.q) && quantity(self.q).isLessThan(quantity("2Gi")) => true
    url("https://example.com:8443/a%20b?x=1&x=2").getHost() => "example.com:8443"
    url("https://example.com:8443/a").getHostname() => "example.com"
    url("https://example.com:8443/a").getPort() => "8443"
    url("https://example.com/a?x=1").getScheme() => "https"
    url("https://example.com/a%20b").getEscapedPath() => "/a%20b"
    url("https://e.com/?x=1&x=2&y=z").getQuery() => {"x": ["1", "2"], "y": ["z"]}
    isURL("/path") => true
    isURL("nope") => false
    ip("10.0.0.1").family() => 4
    ip("::1").isLoopback() => true
    isIP("10.0.0.256") => false
    isIP("fe80::1") => true
    ip.isCanonical("2001:DB8::1") => false
    string(ip("2001:db8:0:0:0:0:0:1")) => "2001:db8::1"
    cidr("10.0.0.0/8").containsIP("10.1.2.3") => true
    cidr("10.0.0.0/8").containsIP(ip("11.0.0.1")) => false
    cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16") => true
    cidr("10.1.2.3/8").masked() => 10.0.0.0/8
    cidr("10.0.0.0/8").prefixLength() => 8
    isCIDR("10.0.0.0/33") => false
    semver("1.2.3").isGreaterThan(semver("1.2.3-rc.1")) => true
    semver("1.2.3").major() => 1
    isSemver("1.2") => false
    isSemver("v1.2", true) => true
    format.dns1123Label().validate("ok").hasValue() => false
    format.dns1123Label().validate("No!").hasValue() => true
    format.named("uuid").hasValue() => true
    optional.of(1).orValue(2) => 1
    optional.none().orValue(2) => 2
    optional.ofNonZeroValue(0).hasValue() => false
    self.?absent => none
    self.?n => some(3)
    self.?absent.orValue("z") => "z"
    self.m[?"z"].orValue(9) => 9
    self.?o.?x.orValue(4) => 4
    self.?n.optMap(x, x + 1).orValue(0) => 4
    [?self.?absent, "k"] => ["k"]
    {?"a": self.?absent} => {}
    cel.bind(x, self.n * 2, x + x) => 12
    self.metadata.name => error: no such key: metadata
    "a" + "b" == "ab" // a comment => true
    """#)

  static let refusals = rows(
    #"""
    self.odd => 1:5: undefined field 'odd'
    odd => 1:1: undeclared reference to 'odd' (in container '')
    self.n + "x" => 1:8: found no matching overload for '_+_' applied to '(int, string)'
    self.n == "x" => 1:8: found no matching overload for '_==_' applied to '(int, string)'
    self.s == null => 1:8: found no matching overload for '_==_' applied to '(string, null)'
    self.n && true => 1:8: found no matching overload for '_&&_' applied to '(int, bool)'
    !self.n => 1:1: found no matching overload for '!_' applied to '(int)'
    self.n.startsWith("a") => 1:18: found no matching overload for 'startsWith' applied to 'int.(string)'
    self.s.odd() => 1:11: undeclared reference to 'odd' (in container '')
    odd(1) => 1:4: undeclared reference to 'odd' (in container '')
    self.s.x => 1:7: type 'string' does not support field selection
    self.n.all(x, true) => 1:5: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)
    self.l.all(x, x) => 1:15: expected type 'bool' but found 'int'
    [1, "a"] => 1:5: expected type 'int' but found 'string'
    self.metadata.labels => 1:14: undefined field 'labels'
    self.namespace => 1:5: undefined field 'namespace'
    1 + => 1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
    has(self) => 1:5: invalid argument to has() macro
    "a".matches("[") => 1:13: invalid matches argument
    duration("1x") => 1:10: invalid duration argument
    timestamp("x") => 1:11: invalid timestamp argument
    """#)
}
