extension MachineType {
  /// Machine types of one family and ratio of memory to cores.
  struct Series {
    let gibibytesPerCore: Double
    let cores: [Int]

    static let all: [String: Series] = [
      "e2-standard": Series(gibibytesPerCore: 4, cores: [2, 4, 8, 16, 32]),
      "e2-highmem": Series(gibibytesPerCore: 8, cores: [2, 4, 8, 16]),
      "e2-highcpu": Series(gibibytesPerCore: 1, cores: [2, 4, 8, 16, 32]),
      "n1-standard": Series(gibibytesPerCore: 3.75, cores: [1, 2, 4, 8, 16, 32, 64, 96]),
      "n1-highmem": Series(gibibytesPerCore: 6.5, cores: [2, 4, 8, 16, 32, 64, 96]),
      "n1-highcpu": Series(gibibytesPerCore: 0.9, cores: [2, 4, 8, 16, 32, 64, 96]),
      "n2-standard": Series(gibibytesPerCore: 4, cores: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128]),
      "n2-highmem": Series(gibibytesPerCore: 8, cores: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128]),
      "n2-highcpu": Series(gibibytesPerCore: 1, cores: [2, 4, 8, 16, 32, 48, 64, 80, 96]),
      "n2d-standard": Series(gibibytesPerCore: 4, cores: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224]),
      "n2d-highmem": Series(gibibytesPerCore: 8, cores: [2, 4, 8, 16, 32, 48, 64, 80, 96]),
      "n2d-highcpu": Series(gibibytesPerCore: 1, cores: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224]),
      "c2-standard": Series(gibibytesPerCore: 4, cores: [4, 8, 16, 30, 60]),
      "c3-standard": Series(gibibytesPerCore: 4, cores: [4, 8, 22, 44, 88, 176]),
      "c3-highmem": Series(gibibytesPerCore: 8, cores: [4, 8, 22, 44, 88, 176]),
      "c3-highcpu": Series(gibibytesPerCore: 2, cores: [4, 8, 22, 44, 88, 176]),
      "t2d-standard": Series(gibibytesPerCore: 4, cores: [1, 2, 4, 8, 16, 32, 48, 60]),
    ]
  }

  /// What a family's custom types may have.
  struct CustomBounds {
    let cores: ClosedRange<Int>
    let gibibytesPerCore: ClosedRange<Double>

    static let all: [String: CustomBounds] = [
      "e2": CustomBounds(cores: 2...32, gibibytesPerCore: 0.5...8),
      "n1": CustomBounds(cores: 1...96, gibibytesPerCore: 0.9...6.5),
      "n2": CustomBounds(cores: 2...128, gibibytesPerCore: 0.5...8),
      "n2d": CustomBounds(cores: 2...96, gibibytesPerCore: 0.5...8),
    ]
  }

  /// The types whose memory does not follow from their cores, in GiB.
  static let irregular: [String: Double] = ["n2-highmem-128": 864]

  /// The types with shared cores, each with its memory in GiB.
  static let shared: [String: Double] = ["e2-micro": 1, "e2-small": 2, "e2-medium": 4]
}
