import KubeModel

/// Estimates what an expression can cost at most, from the limits that a schema sets to sizes.
///
/// The units are those of Kubernetes' cost model: one for a step, a tenth for each character that is looked at.
struct CELCost {
  /// What is known of a part of an expression.
  struct Estimate {
    var cost: Double
    /// How many elements or characters the value has at most.
    var size: Double
    var place = Place.unknown
  }

  /// Where a value comes from.
  enum Place {
    case unknown
    case scalar
    case schema(StructuralSchema)
  }

  /// What nothing is known of counts as little, so that no rule is refused for it.
  private static let unbounded = 1.0
  private static let requestSize = 3_145_728.0
  private static let characterCost = 0.1

  private var variables: [(name: String, estimate: Estimate)]

  /// The most that a rule on a schema can cost once.
  static func most(of program: CELProgram, on schema: StructuralSchema) -> Double {
    let own = Estimate(cost: 1, size: size(of: schema), place: .schema(schema))
    var cost = CELCost(variables: [("self", own), ("oldSelf", own)])
    return cost.estimate(program.node).cost
  }

  private init(variables: [(name: String, estimate: Estimate)]) { self.variables = variables }

  // MARK: Sizes

  /// The least length of a value in JSON.
  static func leastLength(of schema: StructuralSchema) -> Double {
    if schema.isIntOrString { return 1 }
    switch schema.type {
    case "boolean": return 4
    case "integer", "number": return 1
    case "string":
      switch schema.format {
      case "duration": return 3
      case "date": return 12
      case "date-time": return 21
      default: return 2
      }
    case "object":
      let required = Set(schema.required)
      return schema.properties.reduce(2) { total, property in
        guard required.contains(property.name), property.schema.defaultValue == nil else { return total }
        return total + Double(property.name.utf8.count) + leastLength(of: property.schema) + 4
      }
    default: return 2
    }
  }

  /// How many elements or characters a value has at most.
  private static func size(of schema: StructuralSchema) -> Double {
    if let most = schema.sizes.maxItems, schema.type == "array" { return Double(max(most, 0)) }
    switch schema.type {
    case "array": return schema.items.map { (requestSize - 2) / (leastLength(of: $0) + 1) } ?? unbounded
    case "object":
      guard case .schema(let inner)? = schema.additional else { return 1 }
      if let most = schema.sizes.maxProperties { return Double(max(most, 0)) }
      return (requestSize - 2) / (leastLength(of: inner) + 6)
    case "string":
      if schema.format == "duration" || schema.format == "date-time" { return 32 }
      if schema.format == "date" { return 12 }
      if let most = schema.sizes.maxLength { return Double(max(most, 0)) * 4 }
      let longest = schema.enumeration.compactMap { $0.string?.utf8.count }.max()
      return longest.map { Double($0) } ?? requestSize - 2
    case "boolean", "integer", "number": return 1
    default: return requestSize - 2
    }
  }

  private static func estimate(of schema: StructuralSchema?, cost: Double) -> Estimate {
    guard let schema else { return Estimate(cost: cost, size: unbounded) }
    return Estimate(cost: cost, size: size(of: schema), place: .schema(schema))
  }

  // MARK: Nodes

  private mutating func estimate(_ node: CELNode) -> Estimate {
    switch node.kind {
    case .literal(let value): return Estimate(cost: 0, size: Double(value.size ?? 1), place: .scalar)
    case .name(let name):
      guard var known = variables.last(where: { $0.name == name })?.estimate else {
        return Estimate(cost: 1, size: CELCost.unbounded)
      }
      known.cost = 1
      return known
    case .select(let object, let field, _): return select(field, of: estimate(object))
    case .test(let object, _): return Estimate(cost: estimate(object).cost, size: 1, place: .scalar)
    case .index(let object, let key, _):
      let container = estimate(object)
      let cost = container.cost + estimate(key).cost + 1
      return CELCost.estimate(of: CELCost.element(of: container.place), cost: cost)
    case .and(let left, let right), .or(let left, let right):
      return Estimate(cost: estimate(left).cost + estimate(right).cost, size: 1, place: .scalar)
    case .conditional(let condition, let yes, let no):
      let (first, second) = (estimate(yes), estimate(no))
      let cost = estimate(condition).cost + max(first.cost, second.cost)
      return Estimate(cost: cost, size: max(first.size, second.size))
    case .list(let elements):
      let cost = elements.reduce(10) { $0 + estimate($1.node).cost }
      return Estimate(cost: cost, size: Double(elements.count))
    case .map(let entries):
      let cost = entries.reduce(30) { $0 + estimate($1.key).cost + estimate($1.value).cost }
      return Estimate(cost: cost, size: Double(entries.count))
    case .call(let name, let arguments): return call(name, arguments.map { estimate($0) })
    case .method(let target, let name, let arguments):
      return call("." + name, ([target] + arguments).map { estimate($0) })
    case .fold(let fold): return self.fold(fold)
    case .bind(let name, let value, let body), .optionalMap(let value, let name, let body, _):
      let known = estimate(value)
      variables.append((name, known))
      defer { variables.removeLast() }
      var result = estimate(body)
      result.cost += known.cost
      return result
    }
  }

  private static func element(of place: Place) -> StructuralSchema? {
    guard case .schema(let schema) = place else { return nil }
    if case .schema(let inner)? = schema.additional { return inner }
    return schema.items
  }

  private func select(_ name: String, of object: Estimate) -> Estimate {
    guard case .schema(let schema) = object.place else {
      return Estimate(cost: object.cost + 1, size: CELCost.unbounded)
    }
    let key = CELName.unescaped(name)
    var field = schema.member(key)
    if field == nil, schema.isRoot {
      field = key == "metadata" ? CELObjectType.metadata : CELObjectType.metadata.property("name")
    }
    return CELCost.estimate(of: field, cost: object.cost + 1)
  }

  private func call(_ name: String, _ arguments: [Estimate]) -> Estimate {
    let base = arguments.reduce(0) { $0 + $1.cost }
    let first = arguments.first?.size ?? 1
    let second = arguments.count > 1 ? arguments[1].size : 1
    func traversal(_ size: Double) -> Double { (size * CELCost.characterCost).rounded(.up) }
    switch name {
    case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_":
      return Estimate(cost: base + max(traversal(min(first, second)), 1), size: 1, place: .scalar)
    case "@in":
      return Estimate(cost: base + second, size: 1, place: .scalar)
    case "_+_":
      if first == 1, second == 1 { return Estimate(cost: base + 1, size: 1) }
      return Estimate(cost: base + traversal(first + second), size: first + second)
    case ".matches", "matches", ".find", ".findAll":
      return Estimate(cost: base + traversal(first + 1) * (second * 0.25).rounded(.up), size: first)
    case ".contains": return Estimate(cost: base + traversal(first) * max(traversal(second), 1), size: 1)
    case ".startsWith", ".endsWith": return Estimate(cost: base + traversal(second), size: 1, place: .scalar)
    case ".split", ".replace", ".lowerAscii", ".upperAscii", ".trim", ".substring", ".format", "url",
      "quantity", "ip",
      "cidr", "isURL", "isQuantity", "isIP", "isCIDR", "string", "bytes", ".join", ".indexOf", ".lastIndexOf":
      return Estimate(cost: base + max(traversal(first), 1), size: first)
    case ".isSorted", ".sum", ".min", ".max", ".sort", ".distinct":
      return Estimate(cost: base + first, size: first)
    case "sets.contains", "sets.equivalent", "sets.intersects":
      return Estimate(cost: base + first * second, size: 1, place: .scalar)
    case ".orValue", ".or", ".value":
      var result = arguments.first ?? Estimate(cost: 0, size: 1)
      result.cost = base + 1
      return result
    default: return Estimate(cost: base + 1, size: 1, place: .scalar)
    }
  }

  private mutating func fold(_ fold: CELNode.Fold) -> Estimate {
    let range = estimate(fold.range)
    let element = CELCost.element(of: range.place)
    var isMap = false
    if case .schema(let schema) = range.place, schema.type == "object" { isMap = true }
    // Kubernetes counts the keys of maps as empty.
    let key = Estimate(cost: 1, size: isMap ? 0 : 1, place: .scalar)
    let value = CELCost.estimate(of: element, cost: 1)
    let added = fold.second == nil ? 1 : 2
    variables.append((fold.first, fold.second == nil ? (isMap ? key : value) : key))
    if let name = fold.second { variables.append((name, value)) }
    let condition = fold.condition.map { estimate($0).cost } ?? 0
    let result = fold.result.map { estimate($0).cost } ?? 0
    variables.removeLast(added)
    // The steps that a macro stands for: its own condition, what it keeps so far, and what it gives.
    let (step, rest): (Double, Double)
    switch fold.macro {
    case .all: (step, rest) = (3 + condition, 1)
    case .exists: (step, rest) = (4 + condition, 1)
    case .existsOne: (step, rest) = (2 + condition, 2)
    case .filter: (step, rest) = (13 + condition, 11)
    default: (step, rest) = (12 + condition + result, 11)
    }
    return Estimate(cost: range.cost + rest + range.size * step, size: range.size, place: .unknown)
  }
}
