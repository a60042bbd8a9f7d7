// Ruby's OptionParser, as RubyGems uses it: every command has its own switches, all of them may be
// abbreviated, and short ones cluster.
//
// Rules are those of optparse.rb (`parse_in_order`, `complete`, `Completion.regexp`, the `Switch`
// classes), 0.2.0 in RubyGems 3.3 and 0.6.0 in RubyGems 4.
//
// What Ruby compares with Unicode case folding is not followed: an option name that is not ASCII
// is a problem of the line, and the line is then ambiguous.

import GateCore

/// The switches of one command, parsed from compact text when that command is read.
struct OptionParser {
    /// One switch.
    struct Switch {
        /// How a switch takes its value.
        enum Style {
            case flag
            /// Takes the next argument, whatever it looks like.
            case required
            /// Takes the next argument only where it does not start with a dash.
            case placed
            /// Takes only a value that is attached to it.
            case attached
        }

        /// The first long name, or the letter of a switch that has no long one.
        let name: Word
        let letters: [Word]
        let longNames: [Word]
        /// Whether `--no-NAME` exists too.
        let isNegatable: Bool
        let style: Style

        /// The spelling to execute: `--name`, `--no-name`, or `-I` where there is no long name.
        func spelling(isOn: Bool) -> Word {
            guard !longNames.isEmpty else { return Word("-" + name.text) }
            return Word((isOn ? "--" : "--no-") + name.text)
        }
    }

    /// One switch as the caller used it.
    struct Use {
        let switchIndex: Int
        let isOn: Bool
        let value: Word?
        /// Whether the argument was the switch's full name, not an abbreviation of it.
        let isSpelledOut: Bool
    }

    /// What the parser made of the arguments.
    struct Reading {
        var uses: [Use] = []
        var positionals: [Word] = []
        var roles: [Role] = []
        /// Why the parser stops with an error, where it does.
        var problem: String?
        /// Whether `--` ended the options.
        var isTerminated = false
    }

    /// The switches as text, and where each stands in it; one is parsed when it is met. Later ones
    /// take a letter or name from earlier ones, as in Ruby's tables.
    private let text: [UInt8]
    private let places: [Range<Int>]
    /// Whether a lone `-` is taken as a value of a `placed` switch (optparse 0.6.0).
    let takesLoneDash: Bool

    /// - Parameter forms: switches separated by `|`, each with its forms separated by one space:
    ///   `-k --key KEYNAME`, `--[no-]force`, `-g --file [FILE]`, `-t --trace =[OUT]`.
    init(_ forms: String, takesLoneDash: Bool) {
        text = Array(forms.utf8)
        var places: [Range<Int>] = []
        places.reserveCapacity(48)
        var start = 0
        for index in text.indices where text[index] == UInt8(ascii: "|") {
            places.append(start..<index)
            start = index + 1
        }
        places.append(start..<text.count)
        self.places = places
        self.takesLoneDash = takesLoneDash
    }

    /// One of the switches.
    subscript(index: Int) -> Switch {
        Self.parsed(Word(String(decoding: text[places[index]], as: UTF8.self)))
    }

    /// Reads arguments as `parse!` does.
    ///
    /// - Parameter stopsAtPositional: `order!`, which `gem exec` uses and which every command
    ///   uses where the variable `POSIXLY_CORRECT` exists.
    func read(_ arguments: [Word], stopsAtPositional: Bool) -> Reading {
        var reading = Reading()
        reading.roles = Array(repeating: .other("not read"), count: arguments.count)
        // Clusters put their remainder back in front, so the queue knows where each word is from.
        var queue = arguments.enumerated().map { (word: $1, place: $0) }[...]
        while let (word, place) = queue.popFirst() {
            if word.hasPrefix("--") {
                if word == "--" {
                    reading.roles[place] = .terminator
                    reading.isTerminated = true
                    break
                }
                guard readLong(word, place, &queue, &reading) else { return reading }
            } else if word.first == UInt8(ascii: "-"), word.count > 1 {
                guard readShort(word, place, &queue, &reading) else { return reading }
            } else {
                reading.roles[place] = .positional
                reading.positionals.append(word)
                if stopsAtPositional { break }
            }
        }
        for (word, place) in queue {
            reading.roles[place] = .positional
            reading.positionals.append(word)
        }
        return reading
    }

    // MARK: Arguments

    private typealias Queue = ArraySlice<(word: Word, place: Int)>

    /// False where the parser stops with an error.
    private func readLong(
        _ word: Word, _ place: Int, _ queue: inout Queue, _ reading: inout Reading
    ) -> Bool {
        let body = word.dropFirst(2)
        let parts = body.split(at: UInt8(ascii: "="))
        let typed = parts?.head ?? body
        guard let (index, isOn) = found(typed.withDashes, ignoresCase: true, &reading) else {
            return false
        }
        let spelledOut = self[index].longNames.contains(typed) && isOn
        return take(
            index, isOn: isOn, isSpelledOut: spelledOut, attached: parts?.tail, place, &queue,
            &reading)
    }

    private func readShort(
        _ word: Word, _ place: Int, _ queue: inout Queue, _ reading: inout Reading
    ) -> Bool {
        guard word.isASCII else {
            reading.problem = "an option that is not ASCII"
            return false
        }
        let letter = word.dropFirst(1).prefix(1)
        let rest = word.dropFirst(2)
        var isStrict = rest.first == UInt8(ascii: "=")
        let index: Int
        var isOn = true
        if let exact = self.index(ofLetter: letter) {
            index = exact
        } else {
            // An unknown letter is looked up as the start of a long name.
            guard let long = found(letter, ignoresCase: false, &reading) else { return false }
            (index, isOn) = long
            isStrict = isStrict || rest.isEmpty
        }
        let one = self[index]
        guard one.style == .flag, !rest.isEmpty else {
            return take(
                index, isOn: isOn, isSpelledOut: false, attached: rest.isEmpty ? nil : rest,
                place, &queue, &reading)
        }
        if isStrict {
            reading.problem = "needless argument: \(word)"
            return false
        }
        reading.roles[place] = .option(one.name)
        reading.uses.append(Use(switchIndex: index, isOn: isOn, value: nil, isSpelledOut: false))
        // The rest of a cluster is read again as short options; dashes between them collapse.
        var left = rest
        while left.first == UInt8(ascii: "-") { left = left.dropFirst(1) }
        if !left.isEmpty { queue.insert((Word("-" + left.text), place), at: queue.startIndex) }
        return true
    }

    /// Gives a switch its value.
    private func take(
        _ index: Int, isOn: Bool, isSpelledOut: Bool, attached: Word?, _ place: Int,
        _ queue: inout Queue, _ reading: inout Reading
    ) -> Bool {
        let found = self[index]
        var value = attached
        reading.roles[place] = .option(found.name)
        switch isOn ? found.style : .flag {
        case .flag:
            if attached != nil {
                reading.problem = "needless argument of \(found.name)"
                return false
            }
        case .required:
            if value == nil {
                guard let next = queue.popFirst() else {
                    reading.problem = "missing argument of \(found.name)"
                    return false
                }
                value = next.word
                reading.roles[next.place] = .valueOf(found.name)
            }
        case .placed:
            if value == nil, let next = queue.first, isPlaced(next.word) {
                queue.removeFirst()
                value = next.word
                reading.roles[next.place] = .valueOf(found.name)
            }
        case .attached: break
        }
        reading.uses.append(
            Use(switchIndex: index, isOn: isOn, value: value, isSpelledOut: isSpelledOut))
        return true
    }

    private func isPlaced(_ word: Word) -> Bool {
        word.first != UInt8(ascii: "-") || (takesLoneDash && word.count == 1)
    }

    // MARK: Names

    /// The switch of a name or abbreviation; nil, with the problem noted, where there is none.
    private func found(
        _ name: Word, ignoresCase: Bool, _ reading: inout Reading
    ) -> (index: Int, isOn: Bool)? {
        guard name.isASCII else {
            reading.problem = "an option that is not ASCII"
            return nil
        }
        if name.isEmpty {
            reading.problem = "needless argument of --"
            return nil
        }
        // A later switch replaces an earlier one of the same name.
        if let exact = exact(name) { return exact }
        var candidates: [(name: Word, index: Int, isOn: Bool)] = []
        for index in places.indices {
            let one = self[index]
            for long in one.longNames {
                candidates.append((long, index, true))
                if one.isNegatable { candidates.append((Word("no-" + long.text), index, false)) }
            }
        }
        // Help and version that OptionParser itself adds are met in full before abbreviations.
        let isOwn = name == "version" || name == "help" || name.first == UInt8(ascii: "*")
        let folded = ignoresCase ? name.lowercasedASCII : name
        let fitting = candidates.filter { folded.abbreviates($0.name) }
            .sorted { $0.name.count < $1.name.count }
        guard !isOwn, let shortest = fitting.first else {
            reading.problem = "invalid option: \(name)"
            return nil
        }
        for other in fitting.dropFirst() {
            if other.index == shortest.index, other.isOn == shortest.isOn { continue }
            if other.name != shortest.name, other.name.hasPrefix(shortest.name) { continue }
            reading.problem = "ambiguous option: \(name)"
            return nil
        }
        return (shortest.index, shortest.isOn)
    }

    // MARK: The table

    /// The last switch with this long name, or with a `no-` before its own.
    private func exact(_ name: Word) -> (index: Int, isOn: Bool)? {
        // No name, but the text of a form would have it.
        if name.first == UInt8(ascii: "[") { return nil }
        let bare = name.hasPrefix("no-") ? name.dropFirst(3) : nil
        for index in places.indices.reversed() {
            if has(name, after: "--", index) || has(name, after: "--[no-]", index) {
                return (index, true)
            }
            if let bare, has(bare, after: "--[no-]", index) { return (index, false) }
        }
        return nil
    }

    /// The last switch with this letter.
    private func index(ofLetter letter: Word) -> Int? {
        places.indices.last { has(letter, after: "-", $0) }
    }

    /// Whether one of a switch's forms is exactly this mark and this name.
    private func has(_ name: Word, after mark: Word, _ index: Int) -> Bool {
        let bytes = text.span
        let wanted = name.text.utf8.span
        let signs = mark.text.utf8.span
        let place = places[index]
        var start = place.lowerBound
        while start < place.upperBound {
            var end = start
            while end < place.upperBound, bytes[end] != 0x20 { end += 1 }
            let length = mark.count
            if end - start == length + wanted.count {
                var isSame = true
                for offset in 0..<length where bytes[start + offset] != signs[offset] {
                    isSame = false
                    break
                }
                for offset in 0..<wanted.count
                where bytes[start + length + offset] != wanted[offset] {
                    isSame = false
                    break
                }
                if isSame { return true }
            }
            start = end + 1
        }
        return false
    }

    private static func parsed(_ forms: Word) -> Switch {
        var letters: [Word] = []
        var longNames: [Word] = []
        var isNegatable = false
        var style = Switch.Style.flag
        for form in forms.parts(separatedBy: UInt8(ascii: " ")) {
            if form.hasPrefix("--[no-]") {
                isNegatable = true
                longNames.append(form.dropFirst(7))
            } else if form.hasPrefix("--") {
                longNames.append(form.dropFirst(2))
            } else if form.first == UInt8(ascii: "-") {
                letters.append(form.dropFirst(1))
            } else if form.hasPrefix("=[") {
                style = .attached
            } else {
                style = form.first == UInt8(ascii: "[") ? .placed : .required
            }
        }
        return Switch(
            name: longNames.first ?? letters.first ?? "", letters: letters, longNames: longNames,
            isNegatable: isNegatable, style: style)
    }
}

extension Word {
    /// The pieces between a separator.
    fileprivate func parts(separatedBy separator: UInt8) -> [Word] {
        text.utf8.split(separator: separator).map { Word(Substring($0)) }
    }

    /// With every `_` as `-`, as OptionParser reads long names.
    fileprivate var withDashes: Word {
        guard contains(UInt8(ascii: "_")) else { return self }
        return Word(String(text.map { $0 == "_" ? "-" : $0 }))
    }

    /// Whether each dash-separated piece starts the same piece of `full`: `ht-pr` abbreviates
    /// `http-proxy`. The last piece may be followed by further ones.
    fileprivate func abbreviates(_ full: Word) -> Bool {
        let dash = UInt8(ascii: "-")
        var theirs = full.text.utf8[...]
        var previous = dash
        for byte in text.utf8 {
            if byte == dash, previous != dash { theirs = theirs.drop { $0 != dash } }
            guard theirs.popFirst() == byte else { return false }
            previous = byte
        }
        return true
    }
}
