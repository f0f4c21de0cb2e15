package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// client speaks the v1 scheduler API: one open stream down, one POST for each call.
type client struct {
	masters     *masters
	url         string // of the one that the stream is with
	http        *http.Client
	frameworkID *id
	streamID    string
}

// refusal is what no second try will mend.
type refusal struct{ text string }

func (r *refusal) Error() string { return r.text }

// silence is how long a master may say nothing: four heartbeats.
const silence = 60 * time.Second

func newClient(masters *masters) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = silence // not of the whole answer: a stream has no end
	return &client{masters: masters, http: &http.Client{Transport: transport}}
}

// call makes one call of the subscription.
func (c *client) call(call call) error {
	call.FrameworkID = c.frameworkID
	response, err := c.post(call, c.streamID)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	return nil
}

// subscribe opens a stream of events, with the framework's id if it has one.
func (c *client) subscribe(info frameworkInfo) (*stream, error) {
	master, err := c.masters.next()
	if err != nil {
		return nil, err
	}
	c.url = master + "/api/v1/scheduler"
	info.ID = c.frameworkID
	response, err := c.post(call{
		Type: "SUBSCRIBE", FrameworkID: c.frameworkID, Subscribe: &subscribe{FrameworkInfo: info}}, "")
	if err != nil {
		return nil, err
	}
	c.streamID = response.Header.Get("Mesos-Stream-Id")
	return &stream{body: response.Body, reader: bufio.NewReader(response.Body)}, nil
}

func (c *client) post(call call, streamID string) (*http.Response, error) {
	body, err := json.Marshal(call)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest("POST", c.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if streamID != "" {
		request.Header.Set("Mesos-Stream-Id", streamID)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == 200 || response.StatusCode == 202 {
		return response, nil
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	said := fmt.Sprintf("%s got %d: %s", call.Type, response.StatusCode, text)
	if response.StatusCode == 403 || response.StatusCode == 503 {
		return nil, fmt.Errorf("%s", said) // the stream has ended, or the master just starts
	}
	return nil, &refusal{said}
}

// stream is a sequence of records: a length, a newline, and so many bytes of JSON.
type stream struct {
	body   io.ReadCloser
	reader *bufio.Reader
}

// next reads one event. A stream that is silent for too long is as good as ended.
func (s *stream) next(e *event) error {
	watch := time.AfterFunc(silence, func() { s.body.Close() })
	defer watch.Stop()
	line, err := s.reader.ReadString('\n')
	if err != nil {
		return fmt.Errorf("the stream ended: %w", err)
	}
	length, err := strconv.Atoi(strings.TrimSuffix(line, "\n"))
	if err != nil {
		return &refusal{"expected the length of a record, but got " + line}
	}
	record := make([]byte, length)
	if _, err := io.ReadFull(s.reader, record); err != nil {
		return fmt.Errorf("the stream ended in a record: %w", err)
	}
	return json.Unmarshal(record, e)
}

func (s *stream) close() { s.body.Close() }
