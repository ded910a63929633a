// SPDX-License-Identifier: Apache-2.0

// Facts prints, as JSON, what Go's own readers find in program files: a second opinion on gov's.
package main

import (
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type facts = map[string]any

func main() {
	all := []facts{}
	for _, name := range os.Args[1:] {
		found, err := read(name)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
		if info, err := buildinfo.ReadFile(name); err == nil {
			found["go_version"] = info.GoVersion
			for _, setting := range info.Settings {
				if setting.Key == "GOOS" || setting.Key == "GOARCH" {
					found[strings.ToLower(setting.Key)] = setting.Value
				}
			}
		}
		all = append(all, found)
	}
	json.NewEncoder(os.Stdout).Encode(all)
}

func read(name string) (facts, error) {
	if file, err := elf.Open(name); err == nil {
		return ofELF(file)
	}
	if file, err := macho.OpenFat(name); err == nil {
		slices := []facts{}
		for _, arch := range file.Arches {
			slice, err := ofMachO(arch.File)
			if err != nil {
				return nil, err
			}
			slices = append(slices, slice)
		}
		return facts{"format": "macho", "slices": slices}, nil
	}
	if file, err := macho.Open(name); err == nil {
		return ofMachO(file)
	}
	file, err := pe.Open(name)
	if err != nil {
		return nil, err
	}
	return ofPE(file)
}

func order(is binary.ByteOrder) string {
	if is == binary.BigEndian {
		return "big"
	}
	return "little"
}

func list(names []string, err error) ([]string, error) {
	if names == nil {
		names = []string{}
	}
	return names, err
}

func ofELF(file *elf.File) (facts, error) {
	found := facts{"format": "elf", "machine": uint32(file.Machine), "byte_order": order(file.ByteOrder)}
	found["bits"] = map[elf.Class]int{elf.ELFCLASS32: 32, elf.ELFCLASS64: 64}[file.Class]
	found["kind"] = map[elf.Type]string{elf.ET_EXEC: "executable", elf.ET_DYN: "pie"}[file.Type]
	found["symbols"] = file.Section(".symtab") != nil
	found["debug_info"] = file.Section(".debug_info") != nil || file.Section(".zdebug_info") != nil
	found["interpreter"] = nil
	found["executable_stack"] = false
	for _, segment := range file.Progs {
		switch segment.Type {
		case elf.PT_INTERP:
			text := make([]byte, segment.Filesz)
			if _, err := segment.ReadAt(text, 0); err != nil {
				return nil, err
			}
			found["interpreter"] = strings.TrimRight(string(text), "\x00")
		case elf.PT_GNU_STACK:
			found["executable_stack"] = segment.Flags&elf.PF_X != 0
		}
	}
	libraries, err := list(file.ImportedLibraries())
	found["libraries"] = libraries
	return found, err
}

func ofMachO(file *macho.File) (facts, error) {
	found := facts{"format": "macho", "machine": uint32(file.Cpu), "byte_order": order(file.ByteOrder)}
	found["bits"] = map[uint32]int{macho.Magic32: 32, macho.Magic64: 64}[file.Magic]
	found["kind"] = "executable"
	if file.Flags&macho.FlagPIE != 0 {
		found["kind"] = "pie"
	}
	found["debug_info"] = file.Section("__debug_info") != nil || file.Section("__zdebug_info") != nil
	found["symbols"] = file.Dysymtab != nil && file.Dysymtab.Nlocalsym > 0
	found["uuid"] = false
	for _, load := range file.Loads {
		const uuid = 0x1b
		if file.ByteOrder.Uint32(load.Raw()) == uuid {
			found["uuid"] = true
		}
	}
	libraries, err := list(file.ImportedLibraries())
	found["libraries"] = libraries
	return found, err
}

func ofPE(file *pe.File) (facts, error) {
	found := facts{"format": "pe", "machine": uint32(file.Machine), "byte_order": "little"}
	found["time_stamp"] = file.TimeDateStamp
	found["symbols"] = file.NumberOfSymbols > 0
	found["debug_info"] = file.Section(".debug_info") != nil || file.Section(".zdebug_info") != nil
	var subsystem uint16
	var major, minor uint16
	var certificates uint32
	var flags uint16
	switch header := file.OptionalHeader.(type) {
	case *pe.OptionalHeader32:
		found["bits"], subsystem = 32, header.Subsystem
		major, minor = header.MajorSubsystemVersion, header.MinorSubsystemVersion
		flags = header.DllCharacteristics
		certificates = header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_SECURITY].Size
	case *pe.OptionalHeader64:
		found["bits"], subsystem = 64, header.Subsystem
		major, minor = header.MajorSubsystemVersion, header.MinorSubsystemVersion
		flags = header.DllCharacteristics
		certificates = header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_SECURITY].Size
	}
	found["kind"] = "executable"
	if flags&pe.IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE != 0 {
		found["kind"] = "pie"
	}
	found["subsystem"] = map[uint16]string{2: "gui", 3: "console"}[subsystem]
	found["minimum_os"] = fmt.Sprintf("%d.%d", major, minor)
	found["authenticode"] = certificates != 0
	// ImportedLibraries is empty for PE files; the symbols name their libraries.
	symbols, err := file.ImportedSymbols()
	libraries := []string{}
	seen := map[string]bool{}
	for _, symbol := range symbols {
		_, library, _ := strings.Cut(symbol, ":")
		if !seen[library] {
			libraries = append(libraries, library)
		}
		seen[library] = true
	}
	found["libraries"] = libraries
	return found, err
}
