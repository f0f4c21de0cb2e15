package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// masters is whom to ask. After a failure it is asked again, for it may be another one.
type masters struct {
	where string // HOST:PORT, a comma list of these, zk://... or file://..., as -master says
	tls   bool   // nodes in ZooKeeper do not say whether masters speak TLS
	turn  int
}

// next is the URL of the one to ask now.
func (m *masters) next() (string, error) {
	where := m.where
	if strings.HasPrefix(where, "file://") {
		text, err := os.ReadFile(strings.TrimPrefix(where, "file://"))
		if err != nil {
			return "", err
		}
		where = strings.TrimSpace(string(text))
	}
	if strings.HasPrefix(where, "zk://") {
		leader, err := leader(where)
		if m.tls {
			return "https://" + leader, err
		}
		return "http://" + leader, err
	}
	all := strings.FieldsFunc(where, func(r rune) bool { return strings.ContainsRune(", \r\n\t", r) })
	if len(all) == 0 {
		return "", &refusal{"expected HOST:PORT of a master, a comma list of these, or zk://HOST:PORT,.../PATH, but got nothing"}
	}
	master := all[m.turn%len(all)]
	m.turn++
	if !strings.Contains(master, "://") {
		master = "http://" + master
	}
	return master, nil
}

// leader is HOST:PORT of the master that leads, as ZooKeeper says under zk://[USER:PASSWORD@]HOST:PORT,.../PATH.
func leader(url string) (string, error) {
	all, path, _ := strings.Cut(strings.TrimPrefix(url, "zk://"), "/")
	path = "/" + strings.TrimRight(path, "/")
	credentials := ""
	if at := strings.LastIndex(all, "@"); at >= 0 {
		credentials, all = all[:at], all[at+1:]
	}
	servers, failures := strings.Split(all, ","), []string{}
	for _, i := range rand.New(rand.NewSource(time.Now().UnixNano())).Perm(len(servers)) {
		data, err := first(servers[i], credentials, path)
		if err != nil {
			failures = append(failures, servers[i]+": "+err.Error())
			continue
		}
		if data == nil {
			return "", fmt.Errorf("nobody leads under %s in ZooKeeper", path)
		}
		var info struct {
			Address struct {
				IP   string `json:"ip"`
				Port int    `json:"port"`
			} `json:"address"`
		}
		if err := json.Unmarshal(data, &info); err != nil {
			return "", fmt.Errorf("expected a master's node under %s in ZooKeeper, but got %q: %w", path, data, err)
		}
		return net.JoinHostPort(info.Address.IP, strconv.Itoa(info.Address.Port)), nil
	}
	return "", fmt.Errorf("ZooKeeper cannot be asked (%s)", strings.Join(failures, "; "))
}

var ofMaster = regexp.MustCompile(`^json\.info_\d{10}$`)

// first asks one server for the data of the master with the smallest number; nil where there is none.
func first(server, credentials, path string) ([]byte, error) {
	zk, err := connect(server, credentials)
	if err != nil {
		return nil, err
	}
	defer zk.close()
	answer, err := zk.ask(getChildren, path)
	if err != nil || answer == nil {
		return nil, err
	}
	var count int32
	if err := binary.Read(answer, binary.BigEndian, &count); err != nil {
		return nil, err
	}
	smallest := ""
	for ; count > 0; count-- {
		name, err := unpacked(answer)
		if err != nil {
			return nil, err
		}
		if n := string(name); ofMaster.MatchString(n) && (smallest == "" || n < smallest) {
			smallest = n
		}
	}
	if smallest == "" {
		return nil, nil
	}
	answer, err = zk.ask(getData, strings.TrimSuffix(path, "/")+"/"+smallest)
	if err != nil || answer == nil {
		return nil, err
	}
	return unpacked(answer)
}

const (
	getData     = int32(4)
	getChildren = int32(8)
	auth        = int32(100)
	closing     = int32(-11)
	noNode      = int32(-101)
	patience    = 5 * time.Second
	mostBytes   = 4 << 20
)

// zooKeeper is a short session with one server: as much of the wire protocol as it takes to look.
type zooKeeper struct {
	conn     net.Conn
	requests int32
}

func connect(server, credentials string) (*zooKeeper, error) {
	if _, _, err := net.SplitHostPort(server); err != nil {
		server = net.JoinHostPort(strings.Trim(server, "[]"), "2181")
	}
	conn, err := net.DialTimeout("tcp", server, patience)
	if err != nil {
		return nil, err
	}
	zk := &zooKeeper{conn: conn}
	// Version, last change seen, timeout, no session of before and its password; not only to read.
	_, err = zk.exchange(int32(0), int64(0), int32(patience.Milliseconds()), int64(0), make([]byte, 16), false)
	if err == nil && credentials != "" {
		_, err = zk.exchange(int32(-4), auth, int32(0), []byte("digest"), []byte(credentials))
	}
	if err != nil {
		zk.close()
		return nil, err
	}
	return zk, nil
}

// ask gives what follows the header of the answer, or nil where there is no such node.
func (zk *zooKeeper) ask(kind int32, path string) (*bytes.Reader, error) {
	zk.requests++
	answer, err := zk.exchange(zk.requests, kind, []byte(path), false) // and no watch
	if err != nil {
		return nil, err
	}
	var header struct {
		Request int32
		Change  int64
		Error   int32
	}
	if err := binary.Read(answer, binary.BigEndian, &header); err != nil {
		return nil, err
	}
	switch header.Error {
	case 0:
		return answer, nil
	case noNode:
		return nil, nil
	}
	return nil, fmt.Errorf("error %d at %s", header.Error, path)
}

func (zk *zooKeeper) exchange(parts ...any) (*bytes.Reader, error) {
	if err := zk.send(parts...); err != nil {
		return nil, err
	}
	answer, err := unpacked(zk.conn)
	if errors.Is(err, io.EOF) {
		err = errors.New("the connection was closed")
	}
	return bytes.NewReader(answer), err
}

// send writes a request: numbers as they are, bytes with their length before them, and so the whole.
func (zk *zooKeeper) send(parts ...any) error {
	var request bytes.Buffer
	for _, part := range parts {
		if data, isBytes := part.([]byte); isBytes {
			part = packed(data)
		}
		if err := binary.Write(&request, binary.BigEndian, part); err != nil {
			return err
		}
	}
	if err := zk.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	_, err := zk.conn.Write(packed(request.Bytes()))
	return err
}

func (zk *zooKeeper) close() {
	_ = zk.send(int32(0), closing) // or the session lasts until its timeout
	zk.conn.Close()
}

func packed(data []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), data...)
}

func unpacked(from io.Reader) ([]byte, error) {
	var length int32
	if err := binary.Read(from, binary.BigEndian, &length); err != nil {
		return nil, err
	}
	if length < 0 || length > mostBytes {
		return nil, fmt.Errorf("expected at most %d bytes of ZooKeeper, but it announces %d", mostBytes, length)
	}
	data := make([]byte, length)
	_, err := io.ReadFull(from, data)
	return data, err
}
