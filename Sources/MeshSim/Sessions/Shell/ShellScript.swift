/// A script of a shell in its simple part: commands with their pipes, redirections and connectors; no loops.
struct ShellScript {
  /// A piece of a word.
  enum Piece: Hashable {
    case text(String)
    case variable(String)
    case output(of: String)
    case sum(String)
  }

  struct Word: Hashable {
    var pieces: [Piece] = []
    /// Whether the word is there even when it comes to nothing.
    var isQuoted = false
  }

  struct Command {
    var words: [Word] = []
    var input: Word?
    var output: Word?
    var appends = false
    var errorsGoWithOutput = false
    var dropsErrors = false
    var outputGoesToErrors = false
  }

  enum Connector { case always, ifSucceeded, ifFailed }

  struct Pipeline {
    var connector = Connector.always
    var commands = [Command()]
  }

  private static let controlWords: Set<String> = [
    "for", "while", "until", "if", "case", "function", "do", "done", "then", "fi", "{", "(",
  ]

  private(set) var pipelines: [Pipeline] = []

  /// - Returns: `nil` for a script with more than simple commands.
  init?(_ text: String) {
    var reader = Reader(rest: text[...])
    var current = Pipeline()
    func close() {
      current.commands.removeAll { $0.words.isEmpty && $0.output == nil }
      if !current.commands.isEmpty { pipelines.append(current) }
    }
    while let token = reader.next() {
      let last = current.commands.count - 1
      switch token {
      case .word(let word):
        if current.commands[last].words.isEmpty, case .text(let text)? = word.pieces.first, !word.isQuoted,
          ShellScript.controlWords.contains(text)
        {
          return nil
        }
        current.commands[last].words.append(word)
      case .sign("|"): current.commands.append(Command())
      case .sign(">"), .sign(">>"):
        guard case .word(let target)? = reader.next() else { return nil }
        current.commands[last].output = target
        current.commands[last].appends = token == .sign(">>")
      case .sign("<"):
        guard case .word(let source)? = reader.next() else { return nil }
        current.commands[last].input = source
      case .sign("2>&1"): current.commands[last].errorsGoWithOutput = true
      case .sign(">&2"), .sign("1>&2"): current.commands[last].outputGoesToErrors = true
      case .sign("2>"):
        _ = reader.next()
        current.commands[last].dropsErrors = true
      case .sign(let sign):
        close()
        current = Pipeline(connector: sign == "&&" ? .ifSucceeded : sign == "||" ? .ifFailed : .always)
      }
    }
    guard reader.isWhole else { return nil }
    close()
  }

  private enum Token: Hashable {
    case word(Word)
    case sign(String)
  }

  /// Reads words and signs one after the other.
  private struct Reader {
    var rest: Substring
    var isWhole = true
    private static let signs = [
      "2>&1", "1>&2", ">&2", "2>", "&&", "||", ">>", ">", "<", "|", ";", "\n", "&",
    ]

    init(rest: Substring) { self.rest = rest }

    mutating func next() -> Token? {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      if rest.first == "#" { rest = rest.drop { $0 != "\n" } }
      guard !rest.isEmpty else { return nil }
      for sign in Reader.signs where rest.hasPrefix(sign) {
        rest = rest.dropFirst(sign.count)
        return .sign(sign)
      }
      return .word(word())
    }

    private mutating func word() -> Word {
      var word = Word()
      while let character = rest.first {
        switch character {
        case " ", "\t", "\n", ";", "|", "&", ">", "<": return word
        case "'":
          let quoted = rest.dropFirst().prefix { $0 != "'" }
          rest = rest.dropFirst(quoted.count + 1)
          if rest.isEmpty { isWhole = false }
          rest = rest.dropFirst()
          word.isQuoted = true
          word.pieces.append(.text(String(quoted)))
        case "\"": doubleQuoted(&word)
        case "\\":
          word.pieces.append(.text(String(rest.dropFirst().prefix(1))))
          rest = rest.dropFirst(2)
        case "$": word.pieces.append(variable())
        default:
          let plain = rest.prefix { !" \t\n;|&><'\"\\$".contains($0) }
          word.pieces.append(.text(String(plain)))
          rest = rest.dropFirst(plain.count)
        }
      }
      return word
    }

    private mutating func doubleQuoted(_ word: inout Word) {
      rest = rest.dropFirst()
      word.isQuoted = true
      while let character = rest.first, character != "\"" {
        if character == "$" {
          word.pieces.append(variable())
        } else if character == "\\", let next = rest.dropFirst().first, "\"\\$`".contains(next) {
          word.pieces.append(.text(String(next)))
          rest = rest.dropFirst(2)
        } else {
          word.pieces.append(.text(String(character)))
          rest = rest.dropFirst()
        }
      }
      if rest.isEmpty { isWhole = false }
      rest = rest.dropFirst()
    }

    private mutating func variable() -> Piece {
      rest = rest.dropFirst()
      switch rest.first {
      case "{":
        let name = rest.dropFirst().prefix { $0 != "}" }
        rest = rest.dropFirst(name.count + 2)
        return .variable(String(name))
      case "(" where rest.hasPrefix("(("):
        let inner = rest.dropFirst(2).prefix { $0 != ")" }
        rest = rest.dropFirst(inner.count + 4)
        return .sum(String(inner))
      case "(":
        var depth = 0
        let inner = rest.prefix { character in
          if character == "(" { depth += 1 }
          if character == ")" { depth -= 1 }
          return depth > 0
        }
        rest = rest.dropFirst(inner.count + 1)
        return .output(of: String(inner.dropFirst()))
      case "?"?, "$"?:
        let name = String(rest.prefix(1))
        rest = rest.dropFirst()
        return .variable(name)
      default:
        let name = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
        rest = rest.dropFirst(name.count)
        return name.isEmpty ? .text("$") : .variable(String(name))
      }
    }
  }
}
