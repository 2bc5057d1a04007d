import KubeModel

extension StrategicMerge {
  /// Puts the elements that a patch names into its order, and those of the live list between them as they stood.
  func ordered(_ merged: [JSONValue], by order: [JSONValue], original: [JSONValue], key: String?)
    throws(StatusError) -> [JSONValue]
  {
    func place(of element: JSONValue, in list: [JSONValue]) -> Int? {
      guard let key, element.object != nil else { return list.firstIndex(of: element) }
      let value = element[key]
      return list.firstIndex { $0[key] == value }
    }
    var named: [JSONValue] = []
    var others: [JSONValue] = []
    for element in merged {
      if let key, element[key] == nil { throw StrategicMerge.noMergeKey(element, key) }
      if place(of: element, in: order) == nil { others.append(element) } else { named.append(element) }
    }
    StrategicMerge.sort(&named) { place(of: $0, in: order) }
    StrategicMerge.sort(&others) { place(of: $0, in: original) }

    var result: [JSONValue] = []
    result.reserveCapacity(merged.count)
    var (left, right) = (0, 0)
    while left < others.count || right < named.count {
      if left < others.count, right < named.count {
        let mine = place(of: others[left], in: original)
        let its = place(of: named[right], in: original)
        guard let mine, let its, mine < its else {
          result.append(named[right])
          right += 1
          continue
        }
        result.append(others[left])
        left += 1
      } else if right < named.count {
        result.append(named[right])
        right += 1
      } else {
        result.append(others[left])
        left += 1
      }
    }
    return result
  }

  /// The insertion sort that the server's sort is for short lists. An element without a place counts as less than
  /// any other, whichever of the two it is, so the algorithm decides where it ends.
  private static func sort(_ list: inout [JSONValue], place: (JSONValue) -> Int?) {
    guard list.count > 1 else { return }
    var places = list.map(place)
    for start in list.indices.dropFirst() {
      var index = start
      while index > 0 {
        if let mine = places[index], let other = places[index - 1], mine >= other { break }
        list.swapAt(index, index - 1)
        places.swapAt(index, index - 1)
        index -= 1
      }
    }
  }
}
