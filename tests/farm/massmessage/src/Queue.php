<?php

namespace FarmMassMessage;

/**
 * What is to be delivered, a file for each wiki: one JSON object a line.
 */
class Queue {

	private string $folder;

	/** @param string $run the folder of the farm's run */
	public function __construct( string $run ) {
		$this->folder = "$run/massmessage";
		if ( !is_dir( $this->folder ) ) {
			@mkdir( $this->folder );
		}
	}

	/** Adds a delivery. */
	public function add( string $dbname, array $delivery ): void {
		$line = json_encode( $delivery, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE );
		file_put_contents( $this->file( $dbname ), "$line\n", FILE_APPEND | LOCK_EX );
	}

	/** Takes all deliveries of a wiki out of the queue. */
	public function take( string $dbname ): array {
		$taken = $this->file( $dbname ) . '.taken';
		if ( !@rename( $this->file( $dbname ), $taken ) ) {
			return [];
		}
		$lines = file( $taken, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES );
		unlink( $taken );
		return array_map( static fn ( $line ) => json_decode( $line, true ), $lines );
	}

	private function file( string $dbname ): string {
		return "{$this->folder}/$dbname.jsonl";
	}
}
